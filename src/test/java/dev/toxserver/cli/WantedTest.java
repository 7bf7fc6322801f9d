package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class WantedTest {
  @Test
  void whatAClientDoesNotNameIsNotDescribed() {
    CommandLine client = commandLine("-p", "1", "--env=A", "--no-tty", "run", "--watch");

    assertThat(client.getSubcommands()).containsOnlyKeys("run");
    assertThat(client.getCommandSpec().optionsMap())
        .containsKeys("-p", "--env", "--tty", "--watch")
        .doesNotContainKeys("--socket", "--token-file", "--detach", "--until-fail");
  }

  @Test
  void allIsDescribedWhereItMayBeShown() {
    for (String[] typed : new String[][] {{}, {"run", "--help"}, {"help", "run"}, {"completion"}}) {
      assertThat(commandLine(typed).getCommandSpec().optionsMap())
          .containsOnlyKeys(commandLine().getCommandSpec().optionsMap().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsDescribedWhereItIsNamed(String name) {
    for (String typed : new String[] {name, name + "=x"}) {
      CommandLine line = commandLine(typed, "run");
      OptionSpec option = line.getCommandSpec().findOption(name);
      assertThat(option != null ? option : line.getCommandSpec().negatedOptionsMap().get(name))
          .as(typed)
          .isNotNull();
    }
  }

  static Stream<String> names() {
    var spec = commandLine().getCommandSpec();
    return Stream.concat(
        spec.optionsMap().keySet().stream(), spec.negatedOptionsMap().keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void severalShortOptionsMayStandInOneArgument(String typed) {
    CommandLine line = commandLine(typed, "run");

    line.parseArgs(typed, "run");
    assertThat(line.getParseResult().matchedOptionValue(StdinOption.FLAG, false)).isTrue();
    assertThat(line.getParseResult().<String>matchedOptionValue("-p", "")).isEqualTo("9876");
  }

  static Stream<String> clusters() {
    return Stream.of("-ip9876", "-ip=9876");
  }

  private static CommandLine commandLine(String... typed) {
    return new ToxServer(Environment.ofProcess()).commandLine(typed);
  }
}
