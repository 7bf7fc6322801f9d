package dev.toxserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the attacks in docs/security.md names the test that holds it. */
class AttackTableTest {
  private static final Path TABLE = Path.of("docs", "security.md");
  private static final Pattern TEST = Pattern.compile("\\| `(\\w+#\\w+)` \\|$");
  private static final Map<String, String> SOURCES = sources();

  static Stream<String> tests() throws IOException {
    return rows().flatMap(row -> TEST.matcher(row).results().map(found -> found.group(1)));
  }

  @Test
  void everyRowNamesATest() throws IOException {
    List<String> rows = rows().toList();

    assertThat(rows).hasSizeGreaterThan(30).allMatch(row -> TEST.matcher(row).find());
  }

  @ParameterizedTest
  @MethodSource("tests")
  void theTestIsThere(String test) {
    String[] parts = test.split("#");

    assertThat(SOURCES).containsKey(parts[0]);
    assertThat(SOURCES.get(parts[0])).containsPattern("\\bvoid " + parts[1] + "\\(");
  }

  /** Of tables, without their heads and rules. */
  private static Stream<String> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .dropWhile(line -> !line.equals("## Attacks"))
        .filter(line -> line.startsWith("| ") && !line.startsWith("| attack |"));
  }

  private static Map<String, String> sources() {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  AttackTableTest::read,
                  (one, other) -> one));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
