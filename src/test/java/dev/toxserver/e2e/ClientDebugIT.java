package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What -l debug shows of the client's side. */
class ClientDebugIT {
  @TempDir Path folder;

  @Test
  void whereEachSettingCameFromWhomItReachedAndEachFramesKind() throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, "echo out"));
        JarProcess run =
            server.client(Map.of("TOX_SERVER_TIMEOUT", "60"), "-l", "debug", "run", "secret-arg")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("out\n");
      assertThat(run.err().text())
          .contains(
              "[run] port = " + server.port() + ", from -p, --port\n",
              "[run] timeout = 60, from TOX_SERVER_TIMEOUT\n",
              "[run] Connecting to 127.0.0.1:" + server.port() + "\n",
              "[run] Connected to 127.0.0.1:" + server.port() + ", without TLS\n",
              "[run] The token is ",
              "[run] sent send tox.run",
              "[run] received output of ")
          .containsPattern("\\[run] sent register tox\\.output\\.\\w+")
          .containsPattern("\\[run] received message tox\\.output\\.\\w+ started\n")
          .containsPattern("\\[run] received message tox\\.output\\.\\w+ exit\n")
          .doesNotContain("secret-arg", "\tat ");
    }
  }

  @Test
  void howAConnectionWasLostAndMadeAgain() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "-l", "debug", "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one");
      client.out().awaitText("one");
      server.hangUp();
      server.attached(run, 1);
      server.exit(run, 1, 0);
      assertThat(client.exitCode()).isZero();
      String again =
          client.err().text().split("The connection is gone: it was closed by the server\n")[1];
      assertThat(again).contains("[run] Connecting to ", "[run] Connected to ", "tox.attach");
    }
  }

  @Test
  void nothingOfThatUnlessItIsAskedFor() throws Exception {
    for (List<String> level : List.of(List.<String>of(), List.of("-l", "info"))) {
      List<String> words = new java.util.ArrayList<>(level);
      words.add("run");
      try (Server server = Server.start(folder, "--tox", Script.in(folder, "echo out"));
          JarProcess run = server.client(words.toArray(String[]::new))) {
        assertThat(run.exitCode()).isZero();
        assertThat(run.err().textWithoutTime()).isEqualTo("[DONE] passed\n");
      }
    }
  }
}
