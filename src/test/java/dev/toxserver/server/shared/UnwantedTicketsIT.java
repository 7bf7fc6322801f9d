package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.LogScene;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub leaves on a real NATS of runs that no runner has had. */
class UnwantedTicketsIT {
  private static final Invocation TOX = new Invocation(List.of("run"));
  private static final Life LIFE = new Life(new RunId("a"), 1);

  @TempDir Path folder;
  private LogScene scene;
  private Facts facts;
  private Asking asking;

  /** A hundred may wait. */
  @BeforeEach
  void start() throws Exception {
    scene = new LogScene(folder, 1);
    facts = scene.result(() -> Facts.open(scene.hub, "h1"));
    scene.run(
        () -> {
          asking = new Asking(scene.hub, facts, new Kinds(scene.hub, facts, List::of));
          new Forgetting(facts, () -> true, Forgetting.Store.of(scene.hub));
        });
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  @Test
  void aCancelledRunThatHasWaitedMakesRoomInTheQueue() throws Exception {
    for (int i = 0; i < 100; i++) {
      ask(TestFacts.asked("r" + i));
    }
    assertThatThrownBy(() -> ask(TestFacts.asked("more"))).hasMessageContaining("queue is full");

    cancel(new Life(new RunId("r7"), 1));

    await().until(() -> count(NatsSubjects.WORK_STREAM) == 99);
    ask(TestFacts.asked("more"));
  }

  @Test
  void theTicketOfALaterRunOfTheSameIdStays() throws Exception {
    ask(asked(1, "n1", false));
    RunFacts cancelled = cancel(LIFE);
    await().until(() -> count(NatsSubjects.WORK_STREAM) == 0);
    ask(asked(2, "n2", false));

    scene.result(() -> new Withdrawal(scene.hub, cancelled.asked().orElseThrow()).begin());

    assertThat(count(NatsSubjects.WORK_STREAM)).isEqualTo(1);
  }

  @Test
  void whoIsTooLateForAnIdLeavesNothing() throws Exception {
    ask(asked(1, "n1", true));

    assertThatThrownBy(() -> ask(asked(1, "n2", true))).hasMessageContaining("is taken");

    await().until(() -> count(NatsSubjects.WORK_STREAM) == 1);
    String parked = NatsSubjects.parked(LIFE);
    assertThat(count(NatsSubjects.PARKED_STREAM)).isEqualTo(1);
    assertThat(scene.result(() -> scene.hub.get(NatsSubjects.PARKED_STREAM, parked)))
        .hasValueSatisfying(kept -> assertThat(kept.body().toString()).contains("\"n1\""));
  }

  @Test
  void aRunThatTheQueueHasNoRoomForLeavesNothing() throws Exception {
    for (int i = 0; i < 100; i++) {
      ask(TestFacts.asked("r" + i));
    }

    assertThatThrownBy(() -> ask(asked(1, "n1", true))).hasMessageContaining("queue is full");

    assertThat(count(NatsSubjects.PARKED_STREAM)).isZero();
  }

  @Test
  void aRequestThatIsKeptForNobodyGoes() throws Exception {
    ask(asked(1, "n1", true));
    Stored nobodys = Stored.of(NatsSubjects.parked(new Life(new RunId("b"), 1)), Buffer.buffer());
    scene.result(() -> scene.hub.put(nobodys));
    Unparking unparking = new Unparking(scene.hub, facts);

    scene.run(() -> scene.vertx.setPeriodic(10, tick -> unparking.tick(true)));

    await().until(() -> count(NatsSubjects.PARKED_STREAM) == 1);
    String wanted = NatsSubjects.parked(LIFE);
    assertThat(scene.result(() -> scene.hub.get(NatsSubjects.PARKED_STREAM, wanted))).isPresent();
  }

  private static Fact.Asked asked(int generation, String nonce, boolean retryLost) {
    Fact.Asked like = TestFacts.asked(new Life(LIFE.run(), generation), TOX, retryLost);
    return new Fact.Asked(
        like.life(),
        like.request(),
        like.env(),
        nonce,
        Optional.empty(),
        "h1",
        Optional.empty(),
        5,
        Optional.empty());
  }

  private void ask(Fact.Asked asked) throws Exception {
    try {
      scene.result(() -> asking.ask(asked, asked.request(), Optional.empty()));
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private RunFacts cancel(Life life) throws Exception {
    return scene.result(() -> new Waiting(facts).cancelled(facts.find(life).orElseThrow()));
  }

  private int count(String stream) throws Exception {
    return scene
        .result(() -> scene.hub.administer("STREAM.INFO." + stream, new JsonObject()))
        .getJsonObject("state")
        .getInteger("messages");
  }
}
