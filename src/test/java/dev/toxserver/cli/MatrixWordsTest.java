package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class MatrixWordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch --matrix --live --fail-fast -e a,b -- -k watch",
        "--matrix --live --ignore x watch --fail-fast -e a -e b -- -k watch",
        "--live --fail-fast --json watch --matrix -e a,b -- -k watch"
      })
  void whatFollowsIsTheMatrixsAndWhatStandsBeforeTheWordStaysThere(String typed) {
    CommandSpec watch = MatrixOptionsTest.parsed(typed);
    assertThat(WatchOptions.isOfMatrix(watch)).isTrue();
    CommandSpec matrix = MatrixWords.parse(watch, Environment.ofProcess());
    assertThat(matrix.userObject()).isInstanceOf(MatrixCommand.class);
    assertThat(MatrixChoices.of(matrix, Path.of("/")))
        .isEqualTo(new MatrixChoices(true, true, false));
    assertThat(WordsArgument.of(matrix)).containsExactly("-k", "watch");
  }

  @Test
  void behindToxsOwnWordsItIsToxs() {
    assertThat(WatchOptions.isOfMatrix(MatrixOptionsTest.parsed("watch -e py --matrix"))).isFalse();
  }

  @Test
  void whatIsNoWordOfAMatrixIsRefusedBeforeAnythingIsAsked() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "watch", "--matrix", "-e", "a,,b");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: -e: '' is no environment's name.");
    result = CommandLineResult.of("-p", "1", "--fail-fast", "watch", "-e", "a");
    assertThat(result.err())
        .startsWith("tox-server: --fail-fast before the word is for matrix only");
    result = CommandLineResult.of("-p", "1", "--matrix", "run");
    assertThat(result.err()).startsWith("tox-server: --matrix before the word is for watch only");
  }

  @Test
  void itsHelpIsThatOfWatch() {
    assertThat(CommandLineResult.of("watch", "--matrix", "--help").out())
        .contains("--matrix", "each save runs that");
  }
}
