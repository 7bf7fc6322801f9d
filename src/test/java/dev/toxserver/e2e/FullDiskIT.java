package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose output goes to a disk without room, for which Linux has a device. */
class FullDiskIT {
  private static final String SAID =
      "standard output can't be written to: No space left on device\n";

  @TempDir Path folder;

  @Test
  void aRunIsCancelledAndTheReasonIsSaid() throws Exception {
    Path ended = folder.resolve("ended");
    String tox =
        Script.in(folder, "trap 'touch %s; exit 1' INT; while :; do echo y; done".formatted(ended));
    try (Server server = Server.start(folder, "--no-tee", "--tox", tox);
        JarProcess run = into("/dev/full", server, "run")) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().text()).isEqualTo(SAID);
      org.awaitility.Awaitility.await().atMost(Captured.DEADLINE).until(() -> Files.exists(ended));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "status"})
  void anAnswerThatCannotBeWrittenIsNoSuccess(String command) throws Exception {
    try (Server server = Server.start(folder);
        JarProcess client = into("/dev/full", server, command)) {
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).isEqualTo(SAID);
    }
  }

  @Test
  void aNamedPipeWhoseReaderHasLeftIsAPipeLikeAnyOther() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    String tox = Script.in(folder, "while :; do echo y; done");
    try (Server server = Server.start(folder, "--no-tee", "--tox", tox)) {
      Process head = new ProcessBuilder("head", "-n", "1", fifo.toString()).start();
      try (JarProcess run = into(fifo.toString(), server, "run")) {
        assertThat(run.exitCode()).isEqualTo(141);
        assertThat(run.err().size()).isZero();
      }
      assertThat(head.waitFor()).isZero();
    }
  }

  private JarProcess into(String file, Server server, String command) throws Exception {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >" + file, "sh"));
    shell.addAll(JarProcess.command());
    shell.addAll(List.of("-p", String.valueOf(server.port()), command));
    return new JarProcess(folder, Map.of("LC_ALL", "C"), shell);
  }
}
