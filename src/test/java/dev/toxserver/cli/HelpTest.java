package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "exec",
        "matrix",
        "rerun",
        "attach",
        "logs",
        "status",
        "results",
        "history",
        "runners",
        "runner",
        "ping",
        "cancel",
        "quit",
        "share",
        "token",
        "mcp",
        "completion"
      })
  void eachCommandsHelpHasAnExampleAndNamesItsOptions(String command) {
    CommandLineResult result = CommandLineResult.of(command, "--help");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Example: ", "tox-server ", command, "--help");
    assertThat(result.out()).isEqualTo(CommandLineResult.of("help", command).out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matrix", "rerun", "attach", "logs", "status", "results", "history", "runners", "mcp",
        "ping", "cancel", "quit", "share"
      })
  void whatAsksAServerTakesTheOptionsThatFindItBehindTheWordToo(String command) {
    assertThat(CommandLineResult.of("help", command).out())
        .contains("-p, --port", "-h, --host", "-t, --timeout", "--token-file", "--socket");
  }

  @Test
  void theHelpOfRunIsOursOnlyByTheWordHelp() {
    CommandLineResult result = CommandLineResult.of("help", "run");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("Example: tox-server -p 9876 run", "belongs to tox", "exit code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help"})
  void theWholeProgramsHelpHasAnExampleAndEveryCommand(String word) {
    CommandLineResult result = CommandLineResult.of(word);

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("Example", "serve", "run", "ping", "cancel", "quit", "completion", "help")
        .contains("rerun", "watch", "attach", "logs", "status", "results", "history", "--detach")
        .contains(
            "-p, --port", "-h, --host", "-b, --bind-host", "-t, --timeout", "-l, --log-level");
  }

  @Test
  void theHelpOfServeShowsTheVariableAndTheDefaultOfEachSetting() {
    String help = CommandLineResult.of("serve", "--help").out().replaceAll("\\s+", " ");

    for (Setting setting : Setting.values()) {
      if (!List.of(
              Setting.HOST,
              Setting.TIMEOUT,
              Setting.RECONNECT_TIMEOUT,
              Setting.TOKEN,
              Setting.RUNNER_TOKEN,
              Setting.NATS_PASSWORD,
              Setting.INSECURE,
              Setting.TTY,
              Setting.FOLDER,
              Setting.GIT_TREE,
              Setting.PROBLEMS,
              Setting.NOTIFY_AFTER)
          .contains(setting)) {
        assertThat(help)
            .contains(
                (setting.isSwitch() ? "--[no-]" : "--") + setting.key(),
                "[" + setting.variable() + "]");
        setting
            .defaultValue()
            .ifPresent(value -> assertThat(help).contains("Default: " + value + "."));
      }
    }
  }

  @Test
  void theHelpOfMatrixNamesItsOwnOptionsAndThoseOfRunsThatMakeSenseForIt() {
    assertThat(CommandLineResult.of("help", "matrix").out())
        .contains("matrix [OPTIONS] [-- POSARGS]", "-e=ENV", "--live", "--fail-fast")
        .contains("--skip-missing-runners", "--on=LABEL", "--env=NAME", "--env-file=FILE");
  }

  @Test
  void theHelpOfRunnerSaysWhereItJoinsAndWhatItNeeds() {
    assertThat(CommandLineResult.of("help", "runner").out())
        .contains("--join=HOST:PORT", "--name=NAME", "--label=LABEL", "--runner-token-file")
        .contains("--[no-]insecure", "--tls-ca", "--jobs", "--tox", "--runner-grace");
  }

  @Test
  void theVersionIsOneLine() {
    CommandLineResult result = CommandLineResult.of("--version");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("tox-server, version " + Version.withCommit() + "\n");
  }

  @Test
  void theCompletionScriptKnowsTheCommands() {
    CommandLineResult result = CommandLineResult.of("completion");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("complete -F", "serve", "--bind-host", "--detach", "attach", "--from-now");
  }
}
