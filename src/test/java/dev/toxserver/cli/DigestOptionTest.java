package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestOptionTest {
  @ParameterizedTest
  @ValueSource(strings = {"--json --digest run", "attach --json --digest", "logs --digest --json"})
  void standardOutputHasEitherEventsOrADigest(String args) {
    CommandLineResult result = CommandLineResult.of(("-p 1 " + args).split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--digest and --json").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "status", "attach"})
  void beforeTheWordItIsForRunsOnly(String command) {
    CommandLineResult result = CommandLineResult.of("--digest", command);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("--digest before the word is for run, exec, rerun and matrix only");
  }

  @Test
  void aMatrixThatIsRunAgainAndAgainHasNone() {
    assertThat(CommandLineResult.of("--digest", "--matrix", "watch").err())
        .contains("--digest before the word is for run, exec, rerun and matrix only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--digest --live matrix", "--digest --problems x matrix"})
  void noOutputOfAMatrixIsShownBesideIt(String args) {
    CommandLineResult result = CommandLineResult.of(("-p 1 " + args).split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--digest shows no output").hasLineCount(1);
  }

  @Test
  void behindTheWordRunItIsToxsAndThatIsSaid() {
    assertThat(Misplaced.hint(List.of("--digest")).orElseThrow())
        .endsWith("tox-server --digest run …");
  }

  @Test
  void helpAndCompletionKnowIt() {
    assertThat(CommandLineResult.of("--help").out()).contains("--digest");
    assertThat(CommandLineResult.of("attach", "--help").out()).contains("--digest");
    assertThat(CommandLineResult.of("completion").out())
        .contains("--from-now | --json | --digest)");
  }
}
