package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import dev.toxserver.protocol.Labels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class MatrixOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--live --fail-fast matrix",
        "matrix --live --fail-fast",
        "--live matrix -e a --fail-fast -- --skip-missing-runners"
      })
  void itsOptionsStandBeforeTheWordOrBehindItUpToTheTestsOwn(String typed) {
    assertThat(MatrixChoices.of(parsed(typed), Path.of("/")))
        .isEqualTo(new MatrixChoices(true, true, false));
  }

  @Test
  void labelsAreThoseBeforeTheWordAndThoseBehindIt() {
    assertThat(OnOption.of(parsed("--on gpu matrix --on linux -e a")))
        .isEqualTo(new Labels(List.of("gpu", "linux")));
  }

  @Test
  void itsOptionsAreForNothingElse() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--fail-fast", "run", "-e", "py");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("tox-server: --fail-fast before the word is for matrix only");
  }

  @Test
  void aMatrixIsNotLeftAlone() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--detach", "matrix");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("tox-server: --detach before the word is for run, exec and rerun only");
  }

  @ParameterizedTest
  @CsvSource({"py311, matrix py311", "py311, matrix -e a py311", "py311, matrix py311 -- x"})
  void anEnvironmentWithoutItsOptionIsNoWordForTheTests(String word, String typed) {
    CommandLineResult result = CommandLineResult.of(("-p 1 " + typed).split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith(
            "tox-server: '"
                + word
                + "' is no option; -e names environments, and tox's POSARGS follow --.");
  }

  @Test
  void whatCanBeNoEnvironmentIsRefusedBeforeAnythingIsAsked() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "matrix", "-e", "a,,b");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: -e: '' is no environment's name.");
  }

  static CommandSpec parsed(String typed) {
    String[] args = typed.split(" ");
    CommandLine root = new ToxServer(Environment.ofProcess()).commandLine(args);
    return root.parseArgs(args).subcommand().commandSpec();
  }
}
