package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What takes its time, over a real NATS: a program that is cancelled, or NATS, which is away. */
@Timeout(90)
class SharedPatienceIT {
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
  void whatIsPrintedWhileARunIsCancelledComesHome() throws Exception {
    team.patientRunner("r1", first);
    client.socket().register("a");
    String lines = "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; echo $i; done; exit 9";
    client.run(
        SharedTeam.script(
            "a", "trap '%s' INT; echo begun; while :; do sleep 0.02; done".formatted(lines)));
    client.awaitText("a", "begun");
    try (TestClient other = new TestClient(first.port())) {
      other.answer("tox.cancel", new JsonObject().put("id", "a"));
    }
    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(Events.text(events)).isEqualTo("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
    assertThat(Events.last(events).getInteger("returncode")).isEqualTo(9);
  }

  @Test
  void aRunThatIsAskedForTwiceWhileNatsIsAwayIsTakenOnOnce() throws Exception {
    team.runner("r1", 1, first);
    team.nats().kill(0);
    client.socket().register("a");
    client.socket().request("tox.run", SharedTeam.script("a", "echo out; exit 3"));
    try (TestClient again = new TestClient(first.port())) {
      client.settle();
      again.socket().request("tox.run", SharedTeam.script("a", "echo out; exit 3"));
      team.nats().restart(0);
      assertThat(again.socket().next().getString("message")).contains("is taken");
    }
    assertThat(client.socket().nextFrom("reply").getString("state")).isIn("queued", "running");
    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(Events.text(events)).isEqualTo("out\n");
    assertThat(Events.last(events).getInteger("returncode")).isEqualTo(3);
  }

  @Test
  void whoAttachesWhileNatsIsAwayIsAnsweredByAServerThatDrains() throws Exception {
    team.runner("r1", 1, first);
    client.socket().register("a");
    client.run(SharedTeam.script("a", "echo out; exit 3"));
    client.eventsToEnd("a");
    TestClient reader = team.client(first);
    TestClient other = team.client(first);
    team.nats().kill(0);
    reader.socket().request("tox.attach", new JsonObject().put("id", "a").put("from", 0));
    reader.settle();
    other.answer("tox.quit", new JsonObject());
    other.settle();
    assertThat(first.drained().isComplete()).isFalse();
    team.nats().restart(0);
    assertThat(reader.socket().nextFrom("reply").getString("state")).isEqualTo("failed");
    assertThat(Events.last(reader.eventsToEnd("a")).getInteger("returncode")).isEqualTo(3);
    first.drained().await(30, TimeUnit.SECONDS);
  }
}
