package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are silent, late, gone or wrong, and the client that waits for them. */
class WaitingIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"run", "ping", "cancel", "quit"})
  void aSilentServerTimesOut(String command) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "-t", "0.2", command)) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err().text())
          .isEqualTo(
              "Command %s timed out! Nothing was heard from 127.0.0.1:%d for 0.2 s.\n"
                  .formatted(command, server.port()));
    }
  }

  @Test
  void anAbsentServerTimesOut() throws Exception {
    try (JarProcess client = client(AbsentServer.port(), "-t", "0.2", "ping")) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err().text()).contains("Command ping timed out!");
    }
  }

  @Test
  void theClientMayBeFirst() throws Exception {
    int port = AbsentServer.port();
    try (JarProcess client = client(port, "run")) {
      client.err().awaitText("Waiting for a server at 127.0.0.1:" + port + " (Connection refused");
      String tox = Script.in(folder, "echo here");
      try (JarProcess server =
          new JarProcess(
              folder, Map.of(), "-p", String.valueOf(port), "serve", "--no-tee", "--tox", tox)) {
        assertThat(client.exitCode()).isZero();
        assertThat(client.out().text()).isEqualTo("here\n");
        assertThat(server.err().text())
            .as("all that is said of a run at the default level")
            .endsWith("[serve] ^C to exit\n");
      }
    }
  }

  @Test
  void aConnectionThatBreaksBeforeTheFirstWordIsTriedAgain() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "ping")) {
      server.next();
      server.hangUp();
      server.reply(server.next(), new JsonObject().put("time", 1587962661.826404).put("tasks", 1));
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("{\"time\": 1587962661.826404, \"tasks\": 1}\n");
    }
  }

  @Test
  void aHostWithoutAnAddressIsAnErrorThatNamesIt() throws Exception {
    try (JarProcess client =
        new JarProcess(folder, Map.of(), "-p", "1", "-h", "no-such-host.invalid", "ping")) {
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text())
          .isEqualTo("the host no-such-host.invalid has no address: check -h, --host\n");
    }
  }

  @Test
  void aConnectionLostInTheMiddleOfARunLeavesItsResultUnknown() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "--reconnect-timeout", "0.5", "run")) {
      server.next();
      JsonObject run = server.next();
      server.event(run, new JsonObject().put("type", "heartbeat").put("state", "STARTED"));
      server.event(run, output(0, "aGFsZg=="));
      client.out().awaitText("half");
      server.die();
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).startsWith("the run's result is unknown: ");
    }
  }

  @Test
  void aMissingEventIsNeverPassedOver() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      server.next();
      JsonObject run = server.next();
      server.event(run, output(0, "b25l"));
      server.event(run, output(2, "dGhyZWU="));
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).contains("seq: event 1 of the run is missing");
    }
  }

  @Test
  void aHeartbeatWithoutAStateIsAnError() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run", "--foo", "--", "--arg-here")) {
      server.next();
      JsonObject run = server.next();
      assertThat(run.getJsonObject("body").getJsonArray("args"))
          .containsExactly("--foo", "--", "--arg-here");
      server.event(run, new JsonObject().put("type", "heartbeat"));
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text())
          .isEqualTo("the server broke the protocol: state: is missing\n");
    }
  }

  @Test
  void anEventOfAKindThatCameLaterIsPassedOver() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      server.next();
      JsonObject run = server.next();
      server.event(run, new JsonObject().put("type", "weather").put("seq", 0));
      server.event(run, new JsonObject().put("type", "exit").put("seq", 1).put("returncode", 0));
      assertThat(client.exitCode()).isZero();
    }
  }

  @Test
  void anErrorFromTheServerIsOneLine() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "quit")) {
      JsonObject quit = server.next();
      server.send(
          new JsonObject()
              .put("type", "err")
              .put("address", quit.getString("replyAddress"))
              .put("message", "An error occurred"));
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).isEqualTo("An error occurred\n");
    }
  }

  @Test
  void aLongSilentTestDoesNotTimeOut() throws Exception {
    Path go = folder.resolve("go");
    String tox =
        Script.in(folder, "while [ ! -e %s ]; do sleep 0.02; done; echo end".formatted(go));
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess client = server.client("-t", "1", "run")) {
      server.err().awaitText("starts");
      // Three times the silence that the client accepts, by the server's own clock.
      double since = uptime(server);
      org.awaitility.Awaitility.await()
          .atMost(Captured.DEADLINE)
          .until(() -> uptime(server) > since + 3);
      java.nio.file.Files.createFile(go);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("end\n");
    }
  }

  @Test
  void aServerThatStopsInTheMiddleOfARunTimesOut() throws Exception {
    String tox = Script.in(folder, "echo up; sleep 600");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess client = server.client("-t", "1", "run")) {
      client.out().awaitText("up");
      server.signal("STOP");
      assertThat(client.exitCode()).isEqualTo(2);
      server.signal("CONT");
    }
  }

  private static double uptime(Server server) throws Exception {
    try (JarProcess ping = server.client("ping")) {
      assertThat(ping.exitCode()).isZero();
      return new JsonObject(ping.out().text()).getDouble("uptime");
    }
  }

  private static JsonObject output(int seq, String base64) {
    return new JsonObject()
        .put("seq", seq)
        .put("type", "output")
        .put("stream", "stdout")
        .put("data", base64);
  }

  private JarProcess client(int port, String... args) throws Exception {
    java.util.List<String> all =
        new java.util.ArrayList<>(java.util.List.of("-h", "127.0.0.1", "-p", String.valueOf(port)));
    all.addAll(java.util.List.of(args));
    return new JarProcess(folder, Map.of(), all.toArray(String[]::new));
  }
}
