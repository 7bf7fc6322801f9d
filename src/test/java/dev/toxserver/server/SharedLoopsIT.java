package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsParty;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The next round of a loop is what was asked for, whatever the runner of the last one says. */
@Timeout(90)
class SharedLoopsIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Life FIRST = new Life(new RunId("a"), 1);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Stored> tickets = new CopyOnWriteArrayList<>();
  private SharedTeam team;
  private NatsParty liar;

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")));
    liar = new NatsParty(vertx, team.nats().config(), "liar");
    liar.call(() -> liar.link().listen(NatsSubjects.WORK, tickets::add));
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
    team.close();
  }

  @Test
  void aRunnerTellsTheValuesOfItsVariablesAndNothingElse() throws Exception {
    ServerVerticle hub = team.hub();
    team.runner("r1", 1, hub);
    JsonObject loop =
        SharedTeam.script("a", "exec sleep 60")
            .put("detach", true)
            .put("rounds", 9)
            .put("env", new JsonObject().put("ASKED", "b"));
    team.client(hub).run(loop);

    JsonObject invented =
        SharedTeam.script("a", "exec other")
            .put("on", new JsonArray().add("elsewhere"))
            .put("detach", true)
            .put("rounds", 1_000)
            .put("env", new JsonObject().put("ASKED", "c").put("LD_PRELOAD", "x"));
    JsonObject next = nextRoundAfter(invented);

    assertThat(next.getJsonArray("args")).isEqualTo(loop.getJsonArray("args"));
    assertThat(next.containsKey("on")).isFalse();
    assertThat(next.getInteger("rounds")).isEqualTo(9);
    assertThat(next.getJsonObject("env")).isEqualTo(new JsonObject().put("ASKED", "c"));
  }

  @Test
  void whenNoTicketTakesTheValuesTheLoopEndsAndSaysWhy() throws Exception {
    ServerVerticle hub = team.hub();
    team.runner("r1", 1, hub);
    // Each of these takes six bytes there.
    String comment = "\u0001".repeat(20_000);
    JsonObject loop =
        SharedTeam.script("a", "exec sleep 60 #" + comment)
            .put("detach", true)
            .put("rounds", 9)
            .put("env", new JsonObject().put("ASKED", "b"));
    TestClient client = team.client(hub);
    client.socket().register("a");
    client.run(loop);

    JsonObject env = new JsonObject().put("ASKED", "\u0001".repeat(130_000));
    tellEnd(SharedTeam.script("a", "exit").put("detach", true).put("rounds", 9).put("env", env));

    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(events.toString())
        .contains(
            "the loop ends here: with its variables, the next round is longer than NATS takes");
    assertThat(events.get(events.size() - 1).containsKey("next")).isFalse();
  }

  private Optional<JsonObject> placed() throws Exception {
    return written(TestFacts.placed(FIRST, 1, "r1"));
  }

  private Optional<JsonObject> written(Fact fact) throws Exception {
    String bucket = NatsSubjects.RUNS_BUCKET;
    String key = NatsSubjects.entry(bucket, fact.key());
    return liar.await(() -> liar.link().get(NatsSubjects.stream(bucket), key))
        .map(message -> message.body().toJsonObject());
  }

  /** What is asked for when the runner has said that the first is over, and which that was. */
  private JsonObject nextRoundAfter(JsonObject told) throws Exception {
    Buffer ended = ended(told);
    return await()
        .atMost(LONG)
        .until(
            () -> {
              liar.call(() -> liar.link().publish(Stored.of("tox.hub.ended.r1", ended)));
              return nextRound();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** The runner has said that the first round is over. */
  private void tellEnd(JsonObject told) throws Exception {
    Buffer ended = ended(told);
    await()
        .atMost(LONG)
        .until(
            () -> {
              liar.call(() -> liar.link().publish(Stored.of("tox.hub.ended.r1", ended)));
              return written(TestFacts.ended(FIRST, 1, 0)).isPresent();
            });
  }

  private Buffer ended(JsonObject told) throws Exception {
    await().atMost(LONG).until(() -> placed().isPresent());
    JsonObject ended =
        new JsonObject()
            .put("run", "a")
            .put("generation", 1)
            .put("placement", placed().orElseThrow().getString("placement"))
            .put("index", 1)
            .put("exit", RunEventJson.encode(TestFacts.exit(1, 0)))
            .put("again", told);
    return ended.toBuffer();
  }

  private Optional<JsonObject> nextRound() {
    return tickets.stream()
        .map(ticket -> ticket.body().toJsonObject().getJsonObject("run"))
        .filter(run -> run.getString("id").equals(FIRST.nextRound().value()))
        .findFirst();
  }
}
