package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** From its name on, everything after the word exec is the program's. */
class ExecArgumentsTest {

  static Stream<List<String>> programs() {
    return Stream.of(
        List.of("bash"),
        List.of("ls", "-la", "--help", "-h", "-p", "1", "--version"),
        List.of("cat", "--", "--"),
        List.of("sh", "-c", "echo \"$HOME\"; exit 3"),
        List.of("exec", "run", "serve", "help"),
        List.of("a b", "", " ", "'x'", "\"y\"", "@file", "=", "😀"),
        List.of("env", "A=B", "-i"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void eachWordIsAsItWasTyped(List<String> program) {
    assertThat(parsed(List.of("-p", "1", "exec"), program)).isEqualTo(program);
    assertThat(parsed(List.of("exec", "--"), program)).isEqualTo(program);
  }

  @Test
  void behindTwoDashesAProgramMayBeNamedLikeAnOption() {
    assertThat(parsed(List.of("exec", "--"), List.of("-x", "--", "--help")))
        .containsExactly("-x", "--", "--help");
  }

  @Test
  void withoutAProgramItSaysWhatIsMissing() {
    CommandLineResult result = CommandLineResult.of("exec");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "tox-server: Missing required parameter: 'PROGRAM'. See 'tox-server exec --help'.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-it", "--tty", "-p"})
  void anOptionBehindTheWordIsRefused(String option) {
    CommandLineResult result = CommandLineResult.of("exec", option, "bash");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: Unknown option: '" + option + "'");
    assertThat(result.err().lines()).hasSize(1);
  }

  private static List<String> parsed(List<String> before, List<String> program) {
    ParseResult exec =
        new ToxServer(new Environment(Map.of(), Path.of("/"), List.of()))
            .commandLine()
            .parseArgs(Stream.concat(before.stream(), program.stream()).toArray(String[]::new))
            .subcommand();
    assertThat(exec.commandSpec().name()).isEqualTo("exec");
    assertThat(exec.isUsageHelpRequested()).isFalse();
    return WordsArgument.of(exec.commandSpec());
  }
}
