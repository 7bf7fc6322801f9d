package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Unix domain socket in place of host and port: as a user meets it. */
class SocketIT {
  @TempDir Path folder;

  @Test
  void aRunOverASocketHasItsOutputAndItsExitCode() throws Exception {
    try (SocketServer server = SocketServer.start(folder, "echo \"out $*\"; echo err >&2; exit 7");
        JarProcess run = server.client("run", "-e", "py")) {
      assertThat(run.exitCode()).isEqualTo(7);
      assertThat(run.out().text()).isEqualTo("out -e py\n");
      assertThat(run.err().textWithoutTime()).isEqualTo("err\n[FAIL] failed\n");
    }
  }

  @Test
  void theSocketIsForItsUserAloneAndThereIsNoPort() throws Exception {
    try (SocketServer server = SocketServer.start(folder, "exit 0")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThat(ListeningPort.find(server.pid())).isEmpty();
      assertThat(files()).as("nothing is left beside it").containsExactly("fake-tox", "tox.sock");
    }
  }

  @Test
  void theSocketGoesWithItsServer() throws Exception {
    try (SocketServer server = SocketServer.start(folder, "exit 0");
        JarProcess quit = server.client("quit")) {
      assertThat(quit.exitCode()).isZero();
      assertThat(server.exitCode()).isZero();
      assertThat(files()).containsExactly("fake-tox");
    }
  }

  @Test
  void aStaleSocketIsReplaced() throws Exception {
    try (SocketServer killed = SocketServer.start(folder, "exit 0")) {
      killed.signal("KILL");
      killed.exitCode();
    }
    assertThat(socket()).as("what a killed server leaves").exists();
    try (SocketServer server = SocketServer.start(folder, "exit 4");
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(files()).containsExactly("fake-tox", "tox.sock");
    }
  }

  @Test
  void aLiveServerKeepsItsSocket() throws Exception {
    try (SocketServer server = SocketServer.start(folder, "exit 5");
        SocketServer second = SocketServer.begin(folder, "exit 5");
        JarProcess run = server.client("run")) {
      assertRefused(second, "another server listens there");
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(files()).containsExactly("fake-tox", "tox.sock");
    }
  }

  @Test
  void aServerThatIsStoppedIsLiveToo() throws Exception {
    try (SocketServer server = SocketServer.start(folder, "exit 0")) {
      server.signal("STOP");
      try (SocketServer second = SocketServer.begin(folder, "exit 0")) {
        assertRefused(second, "another server listens there");
      }
    }
  }

  @Test
  void aFileThatIsNoSocketIsRefusedAndStays() throws Exception {
    Files.writeString(socket(), "precious");
    try (SocketServer server = SocketServer.begin(folder, "exit 0")) {
      assertRefused(server, "a file that is no socket is there, and stays there");
      assertThat(socket()).hasContent("precious");
      assertThat(files()).containsExactly("fake-tox", "tox.sock");
    }
  }

  @Test
  void aFolderThatIsMissingIsNamed() throws Exception {
    Path missing = folder.resolve("missing");
    try (JarProcess server =
        new JarProcess(folder, Map.of(), "--socket", missing + "/tox.sock", "serve")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err().text())
          .isEqualTo(
              "tox-server: can't listen on unix:%s/tox.sock: there is no folder %s. Choose another with --socket.\n"
                  .formatted(missing, missing));
    }
  }

  @Test
  void ofManyServersThatStartAtOnceOverAStaleSocketOneServes() throws Exception {
    try (SocketServer killed = SocketServer.start(folder, "exit 0")) {
      killed.signal("KILL");
      killed.exitCode();
    }
    try (SocketServer one = SocketServer.begin(folder, "exit 0");
        SocketServer two = SocketServer.begin(folder, "exit 0")) {
      await("one has left").atMost(Captured.DEADLINE).until(() -> !one.isAlive() || !two.isAlive());
      assertRefused(one.isAlive() ? two : one, "another server listens there");
      try (JarProcess ping = one.client("-t", "20", "ping")) {
        assertThat(ping.exitCode()).isZero();
      }
    }
  }

  @Test
  void theClientMayBeFirstAndTheVariableIsEnough() throws Exception {
    Map<String, String> variable = Map.of("TOX_SERVER_SOCKET", SocketServer.NAME);
    try (JarProcess client = new JarProcess(folder, variable, "run")) {
      client
          .err()
          .awaitText("Waiting for a server at " + socket() + " (No such file or directory)");
      try (SocketServer server = SocketServer.start(folder, "echo here")) {
        assertThat(client.exitCode()).isZero();
        assertThat(client.out().text()).isEqualTo("here\n");
        assertThat(server.isAlive()).isTrue();
      }
    }
  }

  @Test
  void anAbsentServerTimesOutAndIsLeftByOneInterrupt() throws Exception {
    try (JarProcess late = SocketServer.clientIn(folder, "-t", "0.2", "ping");
        JarProcess client = SocketServer.clientIn(folder, "ping")) {
      assertThat(late.exitCode()).isEqualTo(2);
      assertThat(late.err().text())
          .isEqualTo(
              "Command ping timed out! Nothing was heard from %s for 0.2 s.\n".formatted(socket()));
      client.err().awaitText("Waiting for a server");
      client.signal("INT");
      assertThat(client.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void anotherUserIsRefusedAndDoesNotWait() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be another user");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (SocketServer server = SocketServer.start(folder, "exit 0");
        JarProcess nobody = JarProcess.asNobody(folder, "--socket", SocketServer.NAME, "run")) {
      assertThat(nobody.exitCode()).isEqualTo(1);
      assertThat(nobody.err().text())
          .isEqualTo(
              "this user may not use the socket %s: only its server's user may\n"
                  .formatted(socket()));
      assertThat(server.err().text()).doesNotContain("accepted");
    }
  }

  private void assertRefused(JarProcess server, String why) throws Exception {
    assertThat(server.exitCode()).isEqualTo(1);
    assertThat(server.err().text())
        .endsWith(
            "tox-server: can't listen on unix:%s: %s. Choose another with --socket.\n"
                .formatted(socket(), why))
        .doesNotContain("Running server");
  }

  private Path socket() {
    return folder.resolve(SocketServer.NAME);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !List.of(JarProcess.STATE, ".tox-server").contains(name))
          .sorted()
          .toList();
    }
  }
}
