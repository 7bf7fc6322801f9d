package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptIT {
  private static final String CANCELLING = " with the server. ^C again to exit.\n";

  @TempDir Path folder;

  @Test
  void theFirstCancelsTheRunWhoseTeardownStillArrives() throws Exception {
    String tox =
        Script.in(
            folder, "trap 'echo teardown; exit 42' INT; echo up; while :; do sleep 0.1; done");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run = server.client("run")) {
      run.out().awaitText("up");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(42);
      assertThat(run.out().text()).isEqualTo("up\nteardown\n");
      assertThat(run.err().textWithoutTime())
          .isEqualTo("Cancelling run" + CANCELLING + "[FAIL] cancelled\n");
    }
  }

  @Test
  void theSecondLeavesAtOnceAndTheServerEndsTheRunAllTheSame() throws Exception {
    String tox = Script.in(folder, "trap '' INT TERM; echo up $$; while :; do sleep 0.1; done");
    try (Server server =
            Server.start(
                folder, "--tox", tox, "--interrupt-grace", "0.2", "--terminate-grace", "0.2");
        JarProcess run = server.client("run")) {
      run.out().awaitText("up");
      run.signal("INT");
      run.err().awaitText("^C again to exit");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err().text()).endsWith("Command run interrupted!\n");
      server.err().awaitText("ended with 137");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "ping", "cancel", "quit"})
  void aSilentServerIsAskedToCancelAndThenLeft(String command) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = client(server, command)) {
      if (command.equals("run")) {
        assertThat(server.next().getString("type")).isEqualTo("register");
      }
      assertThat(server.next().getString("address")).isEqualTo("tox." + command);
      client.signal("INT");
      client.err().awaitText("Cancelling " + command + CANCELLING);
      assertThat(server.next().getString("address")).isEqualTo("tox.cancel");
      assertThat(client.isAlive()).isTrue();
      client.signal("INT");
      assertThat(client.exitCode()).isEqualTo(3);
      assertThat(client.err().text()).endsWith("Command " + command + " interrupted!\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "ping", "cancel", "quit"})
  void whileThereIsNoServerOneIsEnough(String command) throws Exception {
    int port = AbsentServer.port();
    try (JarProcess client =
        new JarProcess(folder, Map.of("TOX_SERVER_PORT", String.valueOf(port)), command)) {
      client.err().awaitText("Waiting for a server at localhost:" + port);
      client.signal("INT");
      assertThat(client.exitCode()).isEqualTo(3);
      assertThat(client.err().text()).endsWith("Command " + command + " interrupted!\n");
    }
  }

  @Test
  void aRunThatIsCancelledInTheQueueNeverStarts() throws Exception {
    Path go = folder.resolve("go");
    String tox =
        Script.in(folder, "echo up $1; while [ ! -e %s ]; do sleep 0.02; done".formatted(go));
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess first = server.client("run", "first")) {
      first.out().awaitText("up first");
      try (JarProcess second = server.client("run", "second")) {
        second.err().awaitText("Command run is queued");
        second.signal("INT");
        assertThat(second.exitCode()).isEqualTo(130);
        assertThat(second.out().size()).isZero();
        assertThat(second.err().text()).as("it took no time").endsWith("[FAIL] cancelled\n");
      }
      java.nio.file.Files.createFile(go);
      assertThat(first.exitCode()).isZero();
      assertThat(server.out().text()).isEqualTo("up first\n");
    }
  }

  @Test
  void anErrorInAnswerToTheCancelIsShownAndTheRunGoesOn() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = client(server, "run")) {
      server.next();
      JsonObject run = server.next();
      client.signal("INT");
      JsonObject cancel = server.next();
      server.send(
          new JsonObject()
              .put("type", "err")
              .put("address", cancel.getString("replyAddress"))
              .put("message", "no such run"));
      client.err().awaitText("no such run");
      server.event(run, new JsonObject().put("seq", 0).put("type", "exit").put("returncode", 7));
      assertThat(client.exitCode()).isEqualTo(7);
    }
  }

  @Test
  void thatTheServerKnowsNoSuchRunAnyMoreIsNoNewsBesideWhatBecameOfIt() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = client(server, "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "up");
      client.out().awaitText("up");
      client.signal("INT");
      server.refuse(server.next(), 404, "id: the server knows no such run");
      server.exit(run, 1, 7);
      assertThat(client.exitCode()).isEqualTo(7);
      assertThat(client.err().text()).doesNotContain("knows no such run");
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "HUP,129"})
  void aSignalThatEndsTheClientEndsItsRunToo(String signal, int code) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = client(server, "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "up");
      client.out().awaitText("up");
      client.signal(signal);
      JsonObject cancel = server.next();
      assertThat(cancel.getString("address")).isEqualTo("tox.cancel");
      assertThat(cancel.getJsonObject("body").getString("id"))
          .isEqualTo(run.getJsonObject("body").getString("id"));
      server.reply(cancel, new JsonObject().put("cancelled", 1));
      assertThat(client.exitCode()).isEqualTo(code);
      assertThat(client.err().size()).isZero();
    }
  }

  @Test
  void aClientWhoseOutputNobodyReadsEndsItsRunToo() throws Exception {
    List<String> command = JarProcess.command();
    try (FakeServer server = new FakeServer()) {
      command.addAll(List.of("-p", String.valueOf(server.port()), "run"));
      Process client = new ProcessBuilder(command).start();
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one");
      assertThat(client.getInputStream().readNBytes(3)).isEqualTo("one".getBytes());
      client.getInputStream().close();
      server.output(run, 1, "two");
      JsonObject cancel = server.next();
      assertThat(cancel.getString("address")).isEqualTo("tox.cancel");
      server.reply(cancel, new JsonObject().put("cancelled", 1));
      assertThat(client.waitFor()).isEqualTo(141);
    }
  }

  @Test
  void aSignalEndsTheClientThoughTheServerIsSilent() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = client(server, "run")) {
      server.acceptRun();
      client.signal("TERM");
      assertThat(client.exitCode()).isEqualTo(143);
    }
  }

  private JarProcess client(FakeServer server, String command) throws Exception {
    return new JarProcess(
        folder, Map.of("TOX_SERVER_PORT", String.valueOf(server.port())), command);
  }
}
