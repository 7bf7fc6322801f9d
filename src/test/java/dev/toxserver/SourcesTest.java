package dev.toxserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in the sources, and what must not. */
class SourcesTest {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\"[^\"\\n"
              + "]*\\btox\\.(output|runner|run|ping|cancel|quit|attach|acknowledge|status|results|input|resize|runners|share|token|tokens)\\b");

  @Test
  void onlyTheProtocolKnowsAddresses() throws IOException {
    Path sources = Path.of("src", "main", "java");
    Path protocol = sources.resolve(Path.of("dev", "toxserver", "protocol"));

    assertThat(holding(ADDRESS, sources)).isNotEmpty().allMatch(file -> file.startsWith(protocol));
  }

  /** In the reports AssertJ's reasons stand on lines of their own, where bin/test finds none. */
  @Test
  void whatTestsAssumeTheyAssumeByJUnit() throws IOException {
    Pattern others = Pattern.compile("org\\.assertj\\.core\\.api\\.Assumptions");

    assertThat(holding(others, Path.of("src", "test", "java"))).isEmpty();
  }

  private static List<Path> holding(Pattern text, Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java") && holds(text, file)).toList();
    }
  }

  private static boolean holds(Pattern text, Path file) {
    try {
      return text.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
