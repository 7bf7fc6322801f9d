package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a runner reaches its server, over TLS and by a Unix socket, and what keeps it out. */
class RunnerJoinsIT {
  /** More than fits into a frame or a window. */
  private static final int BYTES = 300_000;

  private static final String REFUSED = "A connection is refused: it speaks no TLS";

  private final byte[] out = random();
  private final byte[] err = random();
  @TempDir Path folder;
  private Path here;
  private Path there;

  @BeforeEach
  void makeFolders() throws IOException {
    here = Files.createDirectory(folder.resolve("here"));
    there = Files.createDirectory(folder.resolve("there"));
    Files.write(there.resolve("out"), out);
    Files.write(there.resolve("err"), err);
  }

  @Test
  void overTlsARunComesHomeByteForByte() throws Exception {
    Certificates certificates = certificates();
    String ca = certificates.file("ca.pem");
    try (Server server = tlsServer(certificates);
        JarProcess runner = join(server, "--runner-token-file", token(), "--tls-ca", ca)) {
      runner.err().awaitText("Joined the server at 127.0.0.1:" + server.port());
      try (JarProcess client = server.client("--tls-ca", ca, "--on", "there", "run")) {
        assertComesHome(client);
      }
    }
  }

  @Test
  void withoutTheAuthorityItIsToldOnceWhatToDoAndGoesOnTrying() throws Exception {
    try (Server server = tlsServer(certificates());
        JarProcess runner = join(server, "--runner-token-file", token())) {
      runner.err().awaitText("--tls-ca");
      await().atMost(Captured.DEADLINE).until(() -> server.err().text().split(REFUSED).length > 8);
      runner.signal("INT");
      assertThat(runner.exitCode()).isZero();
      assertThat(runner.err().text())
          .containsOnlyOnce("trying again")
          .contains(
              "Not joined (127.0.0.1:%d speaks TLS only: name the authority of its certificate with --tls-ca); trying again\n"
                  .formatted(server.port()));
    }
  }

  @Test
  void withAnotherTokenItIsToldWhichOneToNameAndLeaves() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong"), "another-token-of-somebody-else\n");
    try (Server server = Server.start(here, "--runner-token-file", token());
        JarProcess runner = join(server, "--runner-token-file", wrong.toString())) {
      assertThat(runner.exitCode()).isEqualTo(1);
      assertThat(runner.err().text())
          .endsWith(
              "tox-server: this server has another token for runners than the one shown, or none was"
                  + " shown: name the file that 'serve --runner-token-file' made with"
                  + " --runner-token-file\n");
    }
  }

  @Test
  void byASocketItNeedsNoToken() throws Exception {
    Path socket = here.resolve(SocketServer.NAME);
    try (SocketServer server = SocketServer.start(here, "exit 1");
        JarProcess runner = runner("--socket", socket.toString())) {
      runner.err().awaitText("Joined the server at " + socket);
      try (JarProcess client = server.client("--on", "there", "run")) {
        assertComesHome(client);
      }
    }
  }

  private void assertComesHome(JarProcess client) throws Exception {
    assertThat(client.exitCode()).as(client.err().text()).isEqualTo(7);
    assertThat(client.out().bytes()).isEqualTo(out);
    byte[] all = client.err().bytes();
    assertThat(Arrays.copyOf(all, BYTES)).isEqualTo(err);
    assertThat(new String(all, BYTES, all.length - BYTES, StandardCharsets.US_ASCII))
        .matches("\\[FAIL] failed in \\d+\\.\\d s\n");
  }

  private Certificates certificates() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.server("server", "DNS:localhost,IP:127.0.0.1");
    return certificates;
  }

  private Server tlsServer(Certificates certificates) throws IOException {
    List<String> args = new ArrayList<>(certificates.options("server"));
    args.addAll(List.of("--tox", "false", "--runner-token-file", token()));
    return Server.start(here, args.toArray(String[]::new));
  }

  private JarProcess join(Server server, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--join", "127.0.0.1:" + server.port()));
    args.addAll(List.of(more));
    return runner(args.toArray(String[]::new));
  }

  private JarProcess runner(String... more) throws IOException {
    String tox = Script.in(there, "cat out; cat err >&2; exit 7");
    List<String> args = new ArrayList<>(List.of("runner", "--label", "there", "--no-tee"));
    args.addAll(List.of("--tox", tox));
    args.addAll(List.of(more));
    return new JarProcess(there, Map.of(), args.toArray(String[]::new));
  }

  private String token() {
    return folder.resolve("runner-token").toString();
  }

  private static byte[] random() {
    byte[] bytes = new byte[BYTES];
    new Random().nextBytes(bytes);
    return bytes;
  }
}
