package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class AttachTest {
  @TempDir private Path folder;
  private FakeRunner runner;
  private int port;
  private TestClient requester;
  private TestClient client;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deploy(TestConfig.server(TestConfig.PATIENCE, folder.resolve("state"))).port();
    requester = new TestClient(port);
    client = new TestClient(port);
    requester.runDetached("a");
    runner.nextStart();
  }

  @AfterEach
  void leave() throws Exception {
    requester.close();
    client.close();
  }

  @Test
  void whoAttachesGetsWhatWasAndThenWhatComes() throws Exception {
    runner.output("a", 0, 5, 10);
    client.settle();
    assertThat(client.attach("a", 2))
        .isEqualTo(
            new JsonObject().put("id", "a").put("state", "running").put("from", 2).put("next", 5));
    client.awaitSeqs("a", 2, 5);
    runner.output("a", 5, 7, 10);
    client.awaitSeqs("a", 5, 7);
    runner.exit("a", 7, 3);
    assertThat(client.event("a").getInteger("returncode")).isEqualTo(3);
    assertThat(client.socket().isAnswered()).isTrue();
  }

  @Test
  void whoNamesNoPlaceGetsWhatComes() throws Exception {
    runner.output("a", 0, 5, 10);
    client.settle();
    assertThat(client.answer("tox.attach", id("last")))
        .isEqualTo(
            new JsonObject().put("id", "a").put("state", "running").put("from", 5).put("next", 5));
    runner.output("a", 5, 6, 10);
    client.awaitSeqs("a", 5, 6);
  }

  @Test
  void whileEventsComeNobodyMissesOneOrGetsItTwiceOrBeforeTheAnswer() throws Exception {
    long events = 4_000;
    Thread publisher = new Thread(() -> runner.output("a", 0, events, 1_000));
    publisher.start();
    for (int n = 0; n < 8; n++) {
      try (TestClient other = new TestClient(port)) {
        // Answered before the first event, or the helper fails.
        long from = other.attach("a", 0).getLong("from");
        other.awaitSeqs("a", from, from + 300);
      }
    }
    client.attach("a", 0);
    publisher.join();
    runner.exit("a", events, 0);
    client.awaitSeqs("a", 0, events + 1);
  }

  @Test
  void whoUnregistersTheAddressIsSentNoMoreAndMayAttachAgain() throws Exception {
    client.attach("a", 0);
    runner.output("a", 0, 1, 10);
    client.awaitSeqs("a", 0, 1);

    client.socket().send(new JsonObject().put("type", "unregister").put("address", "tox.output.a"));
    assertThat(client.socket().isAnswered()).isTrue();
    runner.output("a", 1, 5, 10);
    client.settle();

    client.attach("a", 3);
    client.awaitSeqs("a", 3, 5);
  }

  @Test
  void aRunThatHasEndedIsReplayedToItsExit() throws Exception {
    runner.output("a", 0, 200, 10_000);
    runner.exit("a", 200, 7);
    client.settle();
    assertThat(client.attach("a", 0).getString("state")).isEqualTo("failed");
    client.awaitSeqs("a", 0, 200);
    assertThat(client.event("a").getInteger("returncode")).isEqualTo(7);
    // It reads the run no more, and may do so again.
    client.attach("a", 200);
    assertThat(client.event("a").getString("type")).isEqualTo("exit");
  }

  @Test
  void fromNowOnThereIsOnlyTheExitToTellOfARunThatHasEnded() throws Exception {
    runner.output("a", 0, 5, 10);
    runner.exit("a", 5, 7);
    client.settle();
    assertThat(client.answer("tox.attach", id("last")).getLong("from")).isEqualTo(5);
    assertThat(client.event("a").getInteger("returncode")).isEqualTo(7);
    // Who has had that too is not left without a word.
    client.attach("a", 6);
    assertThat(client.event("a")).isEqualTo(new JsonObject().put("type", "end"));
  }

  @Test
  void whoDoesNotFollowGetsWhatIsThereAndAnEnd() throws Exception {
    runner.output("a", 0, 3, 10);
    client.settle();
    client.answer("tox.attach", id("a").put("from", 1).put("follow", false));
    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(events).hasSize(3);
    assertThat(events.get(2)).isEqualTo(new JsonObject().put("type", "end"));
    runner.output("a", 3, 4, 10);
    client.settle();
  }

  @Test
  void aRunThatNobodyKnowsIsNotFound() throws Exception {
    assertThat(client.refusal("tox.attach", id("b"), 404))
        .startsWith("id: the server knows no run b");
    assertThat(client.refusal("tox.acknowledge", id("b").put("seq", 0), 404)).startsWith("id: ");
    assertThat(client.refusal("tox.status", id("b"), 404)).startsWith("id: ");
  }

  @Test
  void aConnectionGetsARunsEventsInOneWayOnly() throws Exception {
    client.attach("a", 0);
    assertThat(client.refusal("tox.attach", id("a"), 400)).startsWith("id: this connection gets");
    client.socket().send(new JsonObject().put("type", "register").put("address", "tox.output.a"));
    assertThat(client.socket().next().getString("message")).startsWith("address: ");
    try (TestClient other = new TestClient(port)) {
      other.socket().register("a");
      assertThat(other.refusal("tox.attach", id("a"), 400)).startsWith("id: this connection gets");
    }
  }

  @Test
  void aPlaceThatCanNotBeIsRefused() throws Exception {
    runner.output("a", 0, 3, 10);
    client.settle();
    for (Object from : List.of(4, Long.MAX_VALUE, -1, 1.5, "0", true)) {
      assertThat(client.refusal("tox.attach", id("a").put("from", from), 400)).startsWith("from: ");
    }
    client.attach("a", 3);
  }

  @Test
  void overTheBusItselfNobodyCanAttach(Vertx vertx) throws Exception {
    Throwable refusal =
        vertx
            .eventBus()
            .request("tox.attach", id("a"))
            .toCompletionStage()
            .handle((answer, failure) -> failure)
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    assertThat(refusal)
        .isInstanceOfSatisfying(
            ReplyException.class, failed -> assertThat(failed.failureCode()).isEqualTo(400));
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }
}
