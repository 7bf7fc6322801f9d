package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a file: what it prints without a server, and what it opens to whom. */
class CommandLineIT {
  @TempDir Path folder;

  @Test
  void theVersionIsOneLineAndNoWarningComesWithIt() throws Exception {
    try (JarProcess version = new JarProcess(folder, Map.of(), "--version")) {
      assertThat(version.exitCode()).isZero();
      assertThat(version.out().text())
          .matches("tox-server, version \\d+\\.\\d+\\.\\d+\\S*( \\([0-9a-f]{7}(-dirty)?\\))?\n");
      assertThat(version.err().size()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve | give -p NUMBER or set TOX_SERVER_PORT",
        "ping  | give -p NUMBER, set TOX_SERVER_PORT, or stand where a server serves",
        "run   | give -p NUMBER, set TOX_SERVER_PORT, or stand where a server serves"
      })
  void withoutAPortTheUserIsToldWhatToDo(String command, String cure) throws Exception {
    // Above the test's folder, a server may have left its port.
    Map<String, String> alone = Map.of("TOX_SERVER_LANDMARK", "false");
    try (JarProcess client = new JarProcess(folder, alone, command)) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err().text()).isEqualTo("tox-server: no port: " + cure + "\n");
    }
  }

  @Test
  void aServerThatFindsNoShellSaysSo() throws Exception {
    try (JarProcess server =
        new JarProcess(folder, Map.of("PATH", folder.toString()), "-p", "0", "serve")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err().text())
          .isEqualTo(
              "tox-server: can't run anything: there is no sh on the PATH, which is %s:"
                      .formatted(folder)
                  + " correct it or install a shell.\n");
    }
  }

  @Test
  void serveTakesTheSettingsFileThatItIsGiven() throws Exception {
    Path file = folder.resolve("my.properties");
    Files.writeString(file, "tox = no-such-tox\ntee = false\n");
    try (Server server = Server.start(folder, Map.of("TOX_SERVER_CONFIG", file.toString()));
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(127);
    }
  }

  @Test
  void theServerListensOnLoopbackAloneUnlessItIsToldMore() throws Exception {
    InetAddress other = InetAddress.getByName("127.0.0.2");
    try (Server server = Server.start(folder)) {
      Assertions.assertThatThrownBy(() -> new Socket(other, server.port()).close())
          .isInstanceOf(ConnectException.class);
    }
    try (JarProcess open =
        new JarProcess(folder, Map.of(), "-p", "0", "-l", "info", "serve", "-b", "0.0.0.0")) {
      open.err().awaitText("^C to exit");
      new Socket(other, ListeningPort.of(open.pid())).close();
    }
  }

  @Test
  void theCompletionScriptOffersTheCommandsInBash() throws Exception {
    Path script = completionScript();
    String offers =
        output(
            "bash",
            "-c",
            "source %s; COMP_WORDS=(tox-server ''); COMP_CWORD=1; _complete_tox-server;"
                    .formatted(script)
                + " printf '%s\\n' \"${COMPREPLY[@]}\"");
    assertThat(offers.lines()).contains("serve", "run", "ping", "cancel", "quit");
  }

  @Test
  void theCompletionScriptIsUnderstoodByZsh() throws Exception {
    Path script = completionScript();
    String registered =
        output(
            "zsh",
            "-f",
            "-c",
            "autoload -U +X compinit && compinit -u -D; source %s; echo ${_comps[tox-server]}"
                .formatted(script));
    assertThat(registered).contains("_bash_complete");
  }

  private Path completionScript() throws Exception {
    Path script = folder.resolve("completion");
    try (JarProcess completion = new JarProcess(folder, Map.of(), "completion")) {
      assertThat(completion.exitCode()).isZero();
      Files.write(script, completion.out().bytes());
    }
    return script;
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
