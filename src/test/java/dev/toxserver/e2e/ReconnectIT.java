package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run outlives the connection on which it was asked for, and its result is never guessed. */
class ReconnectIT {
  @TempDir Path folder;

  @Test
  void aRunGoesOnAtTheVeryNextEventAfterACut() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run", "-e", "py")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one ");
      server.output(run, 1, "two ");
      client.out().awaitText("two ");
      server.hangUp();
      JsonObject attach = server.attached(run, 2);
      assertThat(attach.getJsonObject("body").getBoolean("follow")).isTrue();
      assertThat(attach.getJsonObject("body").getBoolean("requester")).isTrue();
      server.output(run, 2, "three");
      server.exit(run, 3, 7);
      assertThat(client.exitCode()).isEqualTo(7);
      assertThat(client.out().text()).isEqualTo("one two three");
      assertThat(client.err().text()).as("too short to tell of").isEqualTo("[FAIL] failed\n");
    }
  }

  @Test
  void aRunGoesOnAfterManyCuts() throws Exception {
    StringBuilder expected = new StringBuilder();
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      JsonObject run = server.acceptRun();
      for (int n = 0; n < 10; n++) {
        server.output(run, n, n + ",");
        client.out().awaitText(expected.append(n).append(',').toString());
        server.hangUp();
        server.attached(run, n + 1);
      }
      server.exit(run, 10, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo(expected.toString());
      assertThat(server.connections()).isEqualTo(11);
    }
  }

  @Test
  void eventsMayComeBeforeTheAnswerToAnAttach() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one ");
      client.out().awaitText("one ");
      server.hangUp();
      server.next();
      server.output(run, 1, "two");
      server.exit(run, 2, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("one two");
    }
  }

  @Test
  void anEventThatComesTwiceIsNotShownTwice() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one ");
      client.out().awaitText("one ");
      server.hangUp();
      server.attached(run, 1);
      server.output(run, 0, "one ");
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.out().text()).isEqualTo("one ");
      assertThat(client.err().text()).contains("seq: event 1 of the run is missing, 0 came");
    }
  }

  /** Neither hears anything: one could have, and the other is stopped for all that time. */
  @Test
  void aConnectionOverWhichNothingComesIsMadeAgainButNotByWhoWasStoppedMeanwhile()
      throws Exception {
    try (FakeServer silent = new FakeServer();
        FakeServer patient = new FakeServer();
        JarProcess listening = silent.client(folder, "run");
        JarProcess stopped = patient.client(folder, "run")) {
      JsonObject heard = silent.acceptRun();
      silent.output(heard, 0, "one ");
      listening.out().awaitText("one ");
      JsonObject other = patient.acceptRun();
      patient.output(other, 0, "one ");
      stopped.out().awaitText("one ");

      long began = System.nanoTime();
      stopped.signal("STOP");
      silent.fallSilent();
      silent.attached(heard, 1);
      silent.exit(heard, 1, 0);
      assertThat(listening.exitCode()).isZero();
      assertThat(listening.out().text()).isEqualTo("one ");

      await("one more of its pings would have been due than may stay without an answer")
          .atMost(Captured.DEADLINE)
          .until(() -> System.nanoTime() - began > Duration.ofSeconds(20).toNanos());
      stopped.signal("CONT");
      patient.output(other, 1, "two");
      patient.exit(other, 2, 0);
      assertThat(stopped.exitCode()).isZero();
      assertThat(stopped.out().text()).isEqualTo("one two");
      assertThat(patient.connections()).isEqualTo(1);
    }
  }

  @Test
  void aLongAbsenceIsToldOfAndSoIsItsEnd() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one ");
      client.out().awaitText("one ");
      server.goAway();
      client.err().awaitText("^C to give up.\n");
      server.comeBack();
      server.attached(run, 1);
      server.exit(run, 1, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.err().text())
          .isEqualTo(
              "The connection to 127.0.0.1:%d was lost (it was closed by the server). Reconnecting… ^C to give up.\nConnected again.\n[DONE] passed\n"
                  .formatted(server.port()));
    }
  }

  @Test
  void aRunThatTheServerNeverAcceptedIsAskedForAgain() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run", "-e", "py")) {
      server.next();
      JsonObject first = server.next();
      server.send(new JsonObject().put("type", "pong"));
      server.hangUp();
      JsonObject attach = server.next();
      assertThat(attach.getString("address")).isEqualTo("tox.attach");
      server.refuse(attach, 404, "no run has this id");
      JsonObject second = server.acceptRun();
      assertThat(second).isEqualTo(first);
      server.exit(second, 0, 0);
      assertThat(client.exitCode()).isZero();
    }
  }

  @Test
  void aRunThatTheServerAcceptedWithoutAWordIsNotStartedTwice() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      server.next();
      JsonObject first = server.next();
      server.hangUp();
      server.attached(first, 0);
      server.output(first, 0, "once");
      server.exit(first, 1, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("once");
    }
  }

  @Test
  void aRunThatTheServerAcceptsLateIsNotStartedTwice() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      server.next();
      server.next();
      server.hangUp();
      server.refuse(server.next(), 404, "id: the server knows no such run");
      server.next();
      JsonObject again = server.next();
      server.refuse(again, 409, "id: is taken by a run that has not ended");
      server.attached(again, 0);
      server.output(again, 0, "once");
      server.exit(again, 1, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("once");
    }
  }

  @Test
  void aCancelWhileTheServerIsAwayIsSentWhenItIsBack() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      JsonObject run = server.acceptRun();
      server.output(run, 0, "one ");
      client.out().awaitText("one ");
      server.goAway();
      client.err().awaitText("Reconnecting");
      client.signal("INT");
      client.err().awaitText("Cancelling run with the server. ^C again to exit.");
      server.comeBack();
      server.attached(run, 1);
      JsonObject cancel = server.next();
      assertThat(cancel.getString("address")).isEqualTo("tox.cancel");
      assertThat(cancel.getJsonObject("body").getString("id")).isEqualTo(FakeServer.id(run));
      server.exit(run, 1, 130);
      assertThat(client.exitCode()).isEqualTo(130);
    }
  }

  @Test
  void theSecondInterruptLeavesWhileTheServerIsAway() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      server.output(server.acceptRun(), 0, "one ");
      client.out().awaitText("one ");
      server.goAway();
      client.err().awaitText("Reconnecting");
      client.signal("INT");
      client.err().awaitText("^C again to exit.");
      client.signal("INT");
      assertThat(client.exitCode()).isEqualTo(3);
    }
  }
}
