package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JavaScript, HTML and style sheets are formatted by prettier, as Java is by its formatter. */
@Timeout(240)
class ScriptFormatIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @Test
  void theSourcesAreAsPrettierWritesThem() throws Exception {
    List<String> command =
        new ArrayList<>(NodeScripts.command("node_modules/prettier/bin/prettier.cjs", "--check"));
    command.addAll(
        List.of(
            "src/main/page",
            "src/test/page",
            "src/test/node",
            "src/dist/list-npm-packages.mjs",
            "examples/subscriber-node"));
    try (JarProcess prettier = new JarProcess(PROJECT, Map.of(), command)) {
      assertThat(prettier.exitCode())
          .as(prettier.err().text() + "Repair it: npx prettier --write FILE")
          .isZero();
    }
  }
}
