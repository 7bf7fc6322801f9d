package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is asked for at one server is every server's, over a real NATS. */
@Timeout(90)
class SharedServerIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private SharedTeam team;
  private ServerVerticle first;
  private TestClient client;

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")));
    first = team.hub();
    client = team.client(first);
  }

  @AfterEach
  void end() throws Exception {
    team.close();
  }

  @Test
  void outputAndExitCodeComeHome() throws Exception {
    team.runner("r1", 1, first);
    client.socket().register("a");
    JsonObject answer = client.run(SharedTeam.script("a", "echo out; exit 3"));
    assertThat(answer.getString("state")).isIn("queued", "running");
    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(Events.text(events)).isEqualTo("out\n");
    assertThat(Events.last(events).getInteger("returncode")).isEqualTo(3);
    assertThat(events.get(0).getLong("seq")).isZero();
  }

  @Test
  void whoAttachesAtAnotherServerReadsTheSame() throws Exception {
    team.runner("r1", 1, first);
    ServerVerticle second = team.hub();
    client.socket().register("a");
    client.run(
        SharedTeam.script(
            "a", "echo begun; while [ ! -e %s ]; do sleep 0.02; done; echo end".formatted(go())));
    client.awaitText("a", "begun");
    try (TestClient reader = new TestClient(second.port())) {
      assertThat(reader.attach("a", 0).getString("state")).isEqualTo("running");
      Files.createFile(go());
      List<JsonObject> there = reader.eventsToEnd("a");
      assertThat(Events.text(there)).isEqualTo("begun\nend\n");
      assertThat(Events.last(there).getInteger("returncode")).isZero();
    }
    assertThat(Events.last(client.eventsToEnd("a")).getInteger("returncode")).isZero();
  }

  @Test
  void aRunIsCancelledAtAnotherServer() throws Exception {
    team.runner("r1", 1, first);
    ServerVerticle second = team.hub();
    client.socket().register("a");
    client.run(SharedTeam.script("a", "echo begun; exec sleep 60"));
    client.awaitText("a", "begun");
    try (TestClient other = new TestClient(second.port())) {
      JsonObject cancelled = other.answer("tox.cancel", new JsonObject().put("id", "a"));
      assertThat(cancelled.getInteger("cancelled")).isEqualTo(1);
    }
    assertThat(Events.last(client.eventsToEnd("a")).getBoolean("cancelled")).isTrue();
  }

  @Test
  void aRunThatWaitsIsSeenAndCancelledAtAnotherServer() throws Exception {
    ServerVerticle second = team.hub();
    team.runner("r1", 1, first);
    client.socket().register("a");
    client.socket().register("b");
    client.run(SharedTeam.script("a", "echo begun; exec sleep 60"));
    client.awaitText("a", "begun");
    client.run(SharedTeam.script("b", "exit 0"));
    try (TestClient other = new TestClient(second.port())) {
      assertThat(other.answer("tox.status", new JsonObject()).encode())
          .contains("\"state\":\"running\"")
          .contains("\"state\":\"queued\"");
      other.answer("tox.cancel", new JsonObject().put("id", "b"));
    }
    assertThat(Events.last(client.eventsToEnd("b")).getBoolean("cancelled")).isTrue();
  }

  @Test
  void whatHasEndedIsReadAtAnotherServer() throws Exception {
    ServerVerticle second = team.hub();
    team.runner("r1", 1, second);
    client.socket().register("a");
    client.run(SharedTeam.script("a", "echo out; exit 7"));
    client.eventsToEnd("a");
    try (TestClient reader = new TestClient(second.port())) {
      awaitState(reader, "failed");
      reader.answer(
          "tox.attach", new JsonObject().put("id", "a").put("from", 0).put("follow", false));
      List<JsonObject> events = reader.eventsToEnd("a");
      assertThat(Events.text(events)).isEqualTo("out\n");
      assertThat(Events.last(events).getInteger("returncode")).isEqualTo(7);
    }
  }

  @Test
  void aClientGoesOnAtAnotherServerAndNoByteIsLost() throws Exception {
    ServerVerticle second = team.hub();
    team.runner("r1", 1, second);
    client.socket().register("a");
    client.run(SharedTeam.script("a", "head -c 1000000 /dev/zero; echo end"));
    JsonObject begun = client.event("a");
    team.kill(first);
    try (TestClient there = new TestClient(second.port())) {
      there.comeBack("a", begun.getLong("seq") + 1);
      List<JsonObject> events = there.eventsToEnd("a");
      assertThat(Events.text(events)).hasSize(1_000_004).endsWith("end\n");
      assertThat(Events.last(events).getInteger("returncode")).isZero();
    }
  }

  @Test
  void aProgramOfExecRunsBesideTheQueue() throws Exception {
    team.runner("r1", 1, first);
    client.socket().register("a");
    client.socket().register("b");
    client.run(
        SharedTeam.script(
            "a", "echo begun; while [ ! -e %s ]; do sleep 0.02; done".formatted(go())));
    client.awaitText("a", "begun");
    JsonObject program =
        new JsonObject()
            .put("id", "b")
            .put("program", new JsonArray().add("sh").add("-c").add("echo beside; exit 5"));
    assertThat(client.run(program).getString("state")).isEqualTo("running");
    List<JsonObject> events = client.eventsToEnd("b");
    assertThat(Events.text(events)).isEqualTo("beside\n");
    assertThat(Events.last(events).getInteger("returncode")).isEqualTo(5);
    Files.createFile(go());
    client.eventsToEnd("a");
  }

  @Test
  void aLoopGoesOnUntilItFails() throws Exception {
    team.runner("r1", 1, first);
    JsonObject loop =
        SharedTeam.script("a", "echo x >> %1$s; test $(wc -l < %1$s) -lt 3".formatted(go()));
    client.run(loop.put("detach", true).put("rounds", 9));
    awaitState(client, "failed");
    assertThat(go()).hasContent("x\nx\nx");
  }

  @Test
  void aRunWhoseRunnerIsGoneIsLost() throws Exception {
    team.runner("r1", 1, first);
    client.socket().register("a");
    client.run(SharedTeam.script("a", "echo begun; exec sleep 60"));
    client.awaitText("a", "begun");
    team.killRunner("r1");
    try (TestClient other = new TestClient(first.port())) {
      awaitState(other, "lost");
    }
  }

  @Test
  void aRunIsInDoubtOfWhichNatsHasLostWhatWasDecided() throws Exception {
    team.runner("r1", 1, first);
    ServerVerticle second = team.hub();
    client.socket().register("a");
    client.run(SharedTeam.script("a", "echo $$ > %s; echo begun; exec sleep 60".formatted(go())));
    client.awaitText("a", "begun");

    team.overwrite(TestFacts.placed(new Life(new RunId("a"), 1), 1, "r2"));

    JsonObject notice = client.event("a");
    assertThat(notice.getString("message")).contains("NATS has lost a write");
    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(Events.last(events).getBoolean("lost")).isTrue();
    assertThat(Events.last(events).getString("error")).contains("NATS has lost a write");
    try (TestClient other = new TestClient(second.port())) {
      awaitState(other, "lost");
    }
    long pid = Long.parseLong(Files.readString(go()).strip());
    await()
        .atMost(LONG)
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  private static void awaitState(TestClient reader, String state) {
    await()
        .atMost(LONG)
        .until(
            () ->
                reader
                    .answer("tox.status", new JsonObject())
                    .encode()
                    .contains("\"" + state + "\""));
  }

  private Path go() {
    return folder.resolve("go");
  }
}
