package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.config.Environment;
import dev.toxserver.protocol.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OnOptionTest {
  @Test
  void labelsAreGivenOneByOneOrWithCommasBetween() {
    assertThat(of("--on", "py311", "--on=gpu,linux", "run", "-e", "py311"))
        .isEqualTo(new Labels(List.of("py311", "gpu", "linux")));
    assertThat(of("run", "--on", "py311")).as("behind the word it is tox's").isEqualTo(Labels.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "exec", "rerun", "watch"})
  void eachCommandThatBeginsRunsTakesIt(String command) {
    assertThat(of("--on", "py311", command, "x").names()).containsExactly("py311");
  }

  @Test
  void whatCanBeNoLabelIsRefused() {
    assertThatThrownBy(() -> of("--on", "a b", "run"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageStartingWith("--on: labels: each must be");
  }

  @Test
  void itIsForRunsOnly() {
    CommandLineResult result = CommandLineResult.of("--on", "py311", "ping");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("--on before the word is for run, exec, watch, rerun and matrix only");
  }

  private static Labels of(String... args) {
    CommandLine root = new ToxServer(Environment.ofProcess()).commandLine(args);
    CommandSpec command = root.parseArgs(args).subcommand().commandSpec();
    return OnOption.of(command);
  }
}
