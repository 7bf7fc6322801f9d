package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the server can't be reached again, or has lost the run, its result is never guessed. */
class UnknownResultIT {
  @TempDir Path folder;

  @Test
  void aServerThatStaysAwayLeavesTheResultUnknown() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "--reconnect-timeout", "0.5", "run")) {
      int port = server.port();
      server.output(server.acceptRun(), 0, "one ");
      client.out().awaitText("one ");
      server.die();
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text())
          // Some Javas say more of it.
          .matches(
              "the run's result is unknown: 127\\.0\\.0\\.1:%d could not be reached again within 0\\.5 s \\(Connection refused.*\\)\n"
                  .formatted(port));
    }
  }

  @Test
  void aProxyThatOnlyAcceptsDoesNotPutTheDeadlineOff() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "--reconnect-timeout", "3", "run")) {
      server.output(server.acceptRun(), 0, "one ");
      client.out().awaitText("one ");
      server.goAway();
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text())
          .startsWith("The connection to ")
          .contains("could not be reached again within 3 s (")
          .hasLineCount(2);
    }
  }

  @Test
  void aSilentServerIsNotReachedEitherThoughItAccepts() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "--reconnect-timeout", "1", "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one ");
      client.out().awaitText("one ");
      server.hangUp();
      assertThat(server.next().getString("address")).isEqualTo("tox.attach");
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).contains("could not be reached again within 1 s");
    }
  }

  @Test
  void aServerThatForgotTheRunLeavesItsResultUnknown() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      server.acceptRun();
      server.hangUp();
      server.refuse(server.next(), 404, "no run has this id");
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text())
          .isEqualTo(
              "the run's result is unknown: the server does not know the run any more (was it restarted?)\n");
    }
  }

  @Test
  void theTimeoutGoesOnWhileTheServerIsAway() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "-t", "1", "run")) {
      server.output(server.acceptRun(), 0, "one ");
      client.out().awaitText("one ");
      server.goAway();
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err().text()).startsWith("Command run timed out!");
    }
  }
}
