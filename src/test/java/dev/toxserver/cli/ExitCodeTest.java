package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9, ]+) \\|");

  /** What a run leaves with that was never started: no code of ours, the server says it. */
  private static final List<Integer> OF_RUNS = List.of(126, 127, 130);

  @Test
  void theReadmesTableIsOfThoseNumbersAndNoOthers() throws IOException {
    List<Integer> numbers = new ArrayList<>(OF_RUNS);
    for (ExitCode code : ExitCode.values()) {
      if (code == ExitCode.SIGNALLED) {
        Collections.addAll(numbers, code.number() + 1, code.number() + 15);
      } else {
        numbers.add(code.number());
      }
    }
    assertThat(documented()).hasSizeGreaterThan(9).hasSameElementsAs(numbers);
  }

  private static List<Integer> documented() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    return ROW.matcher(readme.substring(readme.indexOf("## Exit codes")))
        .results()
        .flatMap(row -> Pattern.compile(", ").splitAsStream(row.group(1)))
        .map(Integer::valueOf)
        .toList();
  }
}
