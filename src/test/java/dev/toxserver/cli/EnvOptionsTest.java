package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.StandardStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EnvOptionsTest {
  private static final Map<String, String> HERE =
      Map.of("CI", "true", "MINE", "here", "PATH", "/bin", "TOX_SERVER_TOKEN", "0123456789abcdef");

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final StandardStream stream = new StandardStream("said", said);

  @Test
  void aVariableIsHandedOnWithItsValueHereOrWithAnother() {
    assertThat(read("run")).isEqualTo(Map.of("CI", "true"));
    assertThat(read("--env", "MINE", "--env=A=b=c", "--env", "CI=", "--env", "UNSET", "run"))
        .isEqualTo(Map.of("CI", "", "MINE", "here", "A", "b=c"));
    assertThat(read("--env", "PATH", "rerun")).containsEntry("PATH", "/bin");
  }

  @Test
  void aFileHasAVariableALineAndTheOptionWinsOverIt() throws IOException {
    Files.writeString(
        folder.resolve("vars"), "# a comment\n\nA= b # c \r\nMINE\nUNSET\nCI=file\nB='q'\n");

    assertThat(read("--env-file", "vars", "--env", "B=option", "run"))
        .isEqualTo(Map.of("A", " b # c ", "MINE", "here", "CI", "file", "B", "option"));
    assertThat(said()).isEmpty();
  }

  @Test
  void aFileDoesNotSayWhereThingsAreOverThere() throws IOException {
    Path file = Files.writeString(folder.resolve("all"), "PATH=/mine\nA=1\nTOX_SERVER_TOKEN=x\n");

    assertThat(read("--env-file", file.toString(), "run"))
        .isEqualTo(Map.of("A", "1", "CI", "true"));
    assertThat(said())
        .isEqualTo(
            "tox-server: --env-file left out PATH, TOX_SERVER_TOKEN:"
                + " name with --env what is to go along\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=secret", "A B=secret", "9=secret", "ä", "LD_*"})
  void whatIsNoNameIsToldWithoutItsValue(String text) {
    assertThatThrownBy(() -> read("--env", text, "run"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("--env: '")
        .hasMessageEndingWith("' is no variable's name; give NAME or NAME=VALUE")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void tokensAndKeysAreHandedOnToNoRun() {
    assertThatThrownBy(() -> read("--env", "TOX_SERVER_TOKEN", "run"))
        .hasMessage("--env: TOX_SERVER_TOKEN is tox-server's own, and handed on to no run");
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    assertThatThrownBy(() -> read("--env-file", "none", "run"))
        .hasMessage("--env-file: " + folder + "/none can't be read");
    assertThatThrownBy(() -> read("--env-file", "/dev/zero", "run"))
        .hasMessage("--env-file: /dev/zero has more than 262144 bytes");
    Files.writeString(folder.resolve("vars"), "A=1\nno name=secret\n");
    assertThatThrownBy(() -> read("--env-file", "vars", "run"))
        .hasMessage(
            folder + "/vars, line 2: 'no name' is no variable's name; give NAME or NAME=VALUE");
  }

  @Test
  void theyStandBeforeRunAndRerunOnly() {
    assertThat(CommandLineResult.of("-p", "1", "--env", "A=secret", "status"))
        .isEqualTo(
            new CommandLineResult(
                2,
                "",
                "tox-server: --env before the word is for run, exec, watch, rerun and matrix only. See 'tox-server --help'.\n"));
  }

  private Map<String, String> read(String... words) {
    Environment environment = new Environment(HERE, folder, List.of());
    CommandLine.ParseResult parsed = new ToxServer(environment).commandLine().parseArgs(words);
    return EnvOptions.read(
        parsed.subcommand().commandSpec(),
        environment,
        false,
        new Terminal(stream, stream, false, false));
  }

  private String said() {
    stream.flush(10_000);
    return said.toString();
  }
}
