package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.e2e.Proxy;
import dev.toxserver.protocol.NatsSubjects;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers that share their runs over a real NATS, to which one of them has lost its way; both
 * wait a second for a client.
 */
@Timeout(120)
class CutOffIT {
  private static final Duration LONG = Duration.ofSeconds(40);

  private static final JsonObject ATTACH = new JsonObject().put("id", "a").put("from", 0);

  @TempDir Path folder;

  private SharedTeam team;
  private Proxy wayToNats;
  private ServerVerticle cutOff;
  private ServerVerticle other;
  private TestClient client;

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")));
    wayToNats = new Proxy(URI.create(team.nats().urls().get(0)).getPort());
    other = team.impatientHub();
    cutOff = team.impatientHub(wayToNats.port());
    team.runner("r1", 2, cutOff);
    client = new TestClient(cutOff.port());
    client.socket().register("a");
    String script = "echo begun; until [ -e %s ]; do sleep 0.02; done; echo end; exit 3";
    client.run(SharedTeam.script("a", script.formatted(folder.resolve("go"))));
    assertThat(text(List.of(output()))).isEqualTo("begun\n");
  }

  private JsonObject output() throws IOException {
    JsonObject event;
    do {
      event = client.event("a");
    } while (!event.getString("type").equals("output"));
    return event;
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    wayToNats.close();
    team.close();
  }

  @Test
  void itsClientsGoOnAtAnotherAndTheirRunsAreLeftAlone() throws Exception {
    wayToNats.goAway();
    awaitSentAway();
    client.close();
    try (TestClient moved = new TestClient(other.port())) {
      moved.comeBack("a", 2);
      // Longer than clients are waited for where they can come.
      await().during(Duration.ofSeconds(2)).atMost(LONG).until(this::isRefused);

      wayToNats.comeBack();
      await().atMost(LONG).until(() -> !isRefused());
      awaitGrace();
      Files.createFile(folder.resolve("go"));
      assertEnds(moved, "a");
    }
  }

  @Test
  void aClientThatHasNoOtherStaysUntilNatsIsBack() throws Exception {
    wayToNats.goAway();
    awaitSentAway();
    // Longer than clients are waited for where they can come.
    await().during(Duration.ofSeconds(2)).atMost(LONG).until(this::isRefused);
    wayToNats.comeBack();
    await().atMost(LONG).until(() -> !isRefused());
    awaitGrace();
    Files.createFile(folder.resolve("go"));
    assertEnds(client, "a");
  }

  @Test
  void whoAsksForARunMeanwhileHasItFromAnother() throws Exception {
    JsonObject early = SharedTeam.script("early", "echo end; exit 3");
    try (TestClient asks = new TestClient(cutOff.port())) {
      asks.socket().register("early");
      asks.socket().register("late");
      wayToNats.goAway();
      asks.socket().request("tox.run", early);
      awaitSentAway(asks, "early");
      await().atMost(LONG).until(this::isRefused);
      asks.socket().request("tox.run", SharedTeam.script("late", "exit"));
      awaitSentAway(asks, "late");
    }
    try (TestClient moved = new TestClient(other.port())) {
      moved.refusal("tox.attach", new JsonObject().put("id", "early").put("from", 0), 404);
      moved.socket().register("early");
      moved.run(early);
      assertEnds(moved, "early");
    }
  }

  @Test
  void whoAttachesMeanwhileOverAConnectionThatItHadIsSentAwayToo() throws Exception {
    try (TestClient asks = new TestClient(cutOff.port())) {
      asks.answer("tox.ping", new JsonObject());
      wayToNats.goAway();
      awaitSentAway();
      asks.socket().request("tox.attach", ATTACH);
      awaitSentAway(asks, "a");
    }
  }

  @Test
  void soIsWhoAttachesWhileItLeaves() throws Exception {
    try (TestClient asks = new TestClient(cutOff.port())) {
      asks.answer("tox.ping", new JsonObject());
      cutOff.signalled();
      awaitSentAway();
      asks.socket().request("tox.attach", ATTACH);
      awaitSentAway(asks, "a");
    }
  }

  @Test
  void aClientThatHasComeToItKeepsItsRunThoughTheServerItLeftIsFirstToSayThatItIsGone()
      throws Exception {
    Connection nats = Nats.connect(team.nats().urls().get(0));
    try (TestClient moved = new TestClient(cutOff.port())) {
      TestClient leaves = team.client(other);
      String script = "until [ -e %s ]; do sleep 0.02; done".formatted(folder.resolve("go"));
      // What one that waits has printed is known without NATS: an attach is answered at once.
      leaves.run(SharedTeam.script("b", script).put("detach", true));
      leaves.run(SharedTeam.script("c", "echo end; exit 3"));
      KeyValue facts = nats.keyValue("tox-runs");
      await().atMost(LONG).until(() -> isKnown("c"));
      wayToNats.goAway();
      leaves.close();
      moved.comeBack("c", 0);
      await().atMost(LONG).until(() -> facts.get("c.1.at.1") != null);
      wayToNats.comeBack();
      await().atMost(LONG).until(() -> facts.get("c.1.at.2") != null);
      awaitGrace();
      Files.createFile(folder.resolve("go"));
      assertEnds(moved, "c");
    } finally {
      nats.close();
    }
  }

  private boolean isKnown(String id) throws IOException {
    try (TestClient asks = new TestClient(cutOff.port())) {
      return asks.answer("tox.status", new JsonObject()).encode().contains('"' + id + '"');
    }
  }

  @Test
  void whoHasComeToAnotherIsThereThoughWhatWasPrintedCannotBeFoundYet() throws Exception {
    Connection nats = Nats.connect(team.nats().urls().get(0));
    try (TestClient moved = new TestClient(other.port())) {
      nats.jetStreamManagement().deleteStream(NatsSubjects.OUTPUT_STREAM);
      client.close();
      moved
          .socket()
          .request(
              "tox.attach", new JsonObject().put("id", "a").put("from", 2).put("requester", true));
      KeyValue facts = nats.keyValue(NatsSubjects.RUNS_BUCKET);
      await()
          .during(Duration.ofSeconds(8))
          .atMost(LONG)
          .until(() -> facts.keys().stream().noneMatch(key -> key.contains("cancel")));
    } finally {
      nats.close();
    }
  }

  @Test
  void aServerThatIsToldToLeaveWhileItIsCutOffDoesNotWaitForNats() throws Exception {
    wayToNats.goAway();
    cutOff.signalled();
    await().atMost(LONG).until(() -> cutOff.drained().isComplete());
  }

  /** Waits until whose client has left before now is given up: by a run whose client leaves now. */
  private void awaitGrace() throws IOException {
    try (TestClient leaves = new TestClient(cutOff.port())) {
      leaves.run(SharedTeam.script("later", "exec sleep 60"));
    }
    try (TestClient asks = new TestClient(cutOff.port())) {
      JsonObject later = new JsonObject().put("id", "later");
      await()
          .atMost(LONG)
          .until(() -> asks.answer("tox.status", later).encode().contains("\"cancelled\""));
    }
  }

  @Test
  void aServerThatLeavesWaitsUntilTheOthersKnow() throws Exception {
    Connection nats = Nats.connect(team.nats().urls().get(0));
    try {
      KeyValue peers = nats.keyValue("tox-peers");
      assertThat(peers.keys()).filteredOn(key -> key.startsWith("hub.")).hasSize(2);
      team.nats().stop(0);
      Future<?> left = team.leave(other);
      await().during(Duration.ofMillis(500)).until(() -> !left.isComplete());
      team.nats().proceed(0);
      left.await(30, TimeUnit.SECONDS);
      assertThat(peers.keys()).filteredOn(key -> key.startsWith("hub.")).hasSize(1);
    } finally {
      nats.close();
    }
  }

  private void awaitSentAway() throws IOException {
    awaitSentAway(client, "a");
  }

  private static void awaitSentAway(TestClient client, String id) throws IOException {
    JsonObject event;
    do {
      event = client.event(id);
    } while (!event.getString("type").equals("leaving"));
  }

  private boolean isRefused() throws IOException {
    try (TestClient again = new TestClient(cutOff.port())) {
      return !again.socket().isAnswered();
    } catch (IOException e) {
      return true;
    }
  }

  private static void assertEnds(TestClient reader, String id) throws IOException {
    List<JsonObject> events = reader.eventsToEnd(id);
    assertThat(text(events)).isEqualTo("end\n");
    JsonObject exit = events.get(events.size() - 1);
    assertThat(exit.getInteger("returncode")).as(exit.encode()).isEqualTo(3);
  }

  private static String text(List<JsonObject> events) {
    return events.stream()
        .filter(event -> event.getString("type").equals("output"))
        .map(
            event ->
                new String(
                    Base64.getDecoder().decode(event.getString("data")), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }
}
