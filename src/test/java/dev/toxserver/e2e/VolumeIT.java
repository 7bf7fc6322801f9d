package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Much output, and many runs: nothing is lost. */
class VolumeIT {
  @TempDir Path folder;

  @Test
  void fiftyMegabytesArriveWholeAndInOrderOnBothStreamsAtOnce() throws Exception {
    String tox =
        Script.in(
            folder, "seq -w 1 3200000 & seq -w 9000001 12200000 >&2; code=$?; wait; exit $code");
    try (Server server = Server.start(folder, "--no-tee", "--tox", tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      String err = run.err().textWithoutTime();
      String verdict = "[DONE] passed\n";
      assertThat(run.out().size()).isGreaterThan(25_000_000);
      assertThat(run.out().bytes()).isEqualTo(expected("seq", "-w", "1", "3200000"));
      assertThat(err.substring(0, err.length() - verdict.length()).getBytes())
          .isEqualTo(expected("seq", "-w", "9000001", "12200000"));
    }
  }

  @Test
  void aHundredShortRunsInARowLoseNothing() throws Exception {
    String tox = Script.in(folder, "echo out $1; echo err $1 >&2; printf last; exit $1");
    try (Server server = Server.start(folder, "--tox", tox);
        LocalClient client = new LocalClient(server)) {
      for (int n = 1; n <= 100; n++) {
        LocalClient.Result result = client.run(String.valueOf(n));
        assertThat(((Outcome.Exited) result.outcome()).exit().returncode()).isEqualTo(n);
        assertThat(result.out()).isEqualTo("out " + n + "\nlast");
        assertThat(result.err()).isEqualTo("err " + n + "\n");
      }
    }
  }

  @Test
  void aServerWhoseOwnOutputIsBlockedOrClosedRunsOn() throws Exception {
    Script.in(folder, "seq -w 1 400000; seq -w 1 400000 >&2");
    // Nobody ever reads the server's streams: the one is closed, the other fills up.
    Path log = folder.resolve("port");
    String serve =
        "mkfifo full; exec 3<>full; exec %s -p 0 -l info serve --tox ./fake-tox >&- 2>&3"
            .formatted(String.join(" ", JarProcess.command()));
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", serve)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve(JarProcess.STATE).toString());
    Process server = builder.start();
    try {
      int port = ListeningPort.of(server.pid());
      for (int n = 0; n < 2; n++) {
        try (JarProcess run =
            new JarProcess(folder, java.util.Map.of(), "-p", String.valueOf(port), "run")) {
          assertThat(run.exitCode()).isZero();
          assertThat(run.out().bytes()).isEqualTo(expected("seq", "-w", "1", "400000"));
        }
      }
      assertThat(Files.size(log)).isZero();
    } finally {
      server.destroyForcibly().onExit().join();
    }
  }

  private static byte[] expected(String... command) throws Exception {
    return new ProcessBuilder(command).start().getInputStream().readAllBytes();
  }
}
