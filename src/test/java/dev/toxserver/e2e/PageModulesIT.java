package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's own logic, without a browser: the tests of its modules, by Node. */
@Timeout(120)
class PageModulesIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @Test
  void thePagesModulesPassTheirOwnTests() throws Exception {
    List<String> command = new ArrayList<>(List.of("node", "--test"));
    // Each by its name: what Node makes of a folder differs by its version.
    try (Stream<Path> files = Files.list(PROJECT.resolve("src/test/page"))) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".test.js"))
          .sorted()
          .forEach(command::add);
    }
    assertThat(command).hasSizeGreaterThan(2);
    try (JarProcess node = new JarProcess(PROJECT, Map.of(), command)) {
      int code = node.exitCode();
      assertThat(code).as(node.out().text()).isZero();
    }
  }
}
