package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsLinkIT {
  private static final String KEY = NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, "x");
  private static final String RUNS = NatsSubjects.stream(NatsSubjects.RUNS_BUCKET);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private NatsCluster cluster;
  private NatsParty hub;
  private NatsParty runner;

  @BeforeEach
  void begin() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    hub = new NatsParty(vertx, cluster.config(), "hub");
    runner = new NatsParty(vertx, cluster.config(), "r1");
    hub.await(() -> Streams.prepare(hub.link(), cluster.config().store(), 10));
  }

  @AfterEach
  void end() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void aNameIsCreatedOnce() throws Exception {
    hub.await(() -> hub.link().create(message("one")));

    assertThatThrownBy(() -> runner.await(() -> runner.link().create(message("two"))))
        .isInstanceOfSatisfying(NatsFailure.class, each -> assertThat(each.isTaken()).isTrue());
    assertThat(runner.await(() -> runner.link().get(RUNS, KEY)))
        .hasValueSatisfying(
            found -> {
              assertThat(found.body()).hasToString("one");
              assertThat(found.sequence()).isEqualTo(1);
            });
  }

  @Test
  void aMessageIsReplacedAndReadByItsNameOrFromASequence() throws Exception {
    hub.await(() -> hub.link().put(message("one")));
    hub.await(() -> hub.link().put(message("two")));

    assertThat(hub.await(() -> hub.link().get(RUNS, KEY)).orElseThrow().body()).hasToString("two");
    assertThat(hub.await(() -> hub.link().getFrom(RUNS, 1)).orElseThrow().sequence()).isEqualTo(2);
    assertThat(hub.await(() -> hub.link().get(RUNS, KEY + "y"))).isEmpty();
  }

  @Test
  void oneOfAGroupAnswersAQuestion() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    for (NatsParty each : List.of(hub, runner)) {
      each.call(
          () ->
              each.link()
                  .answer(
                      "tox.hub.*",
                      "hubs",
                      question -> {
                        asked.incrementAndGet();
                        return Future.succeededFuture(question.body().copy().appendString("!"));
                      }));
    }

    Stored question = Stored.of("tox.hub.claim", Buffer.buffer("well"));
    Stored answer = runner.await(() -> runner.link().request(question, 2_000));

    assertThat(answer.body()).hasToString("well!");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aQuestionThatNobodyHearsFailsAtOnce() {
    Stored question = Stored.of("tox.hub.nobody", Buffer.buffer());

    assertThatThrownBy(() -> hub.await(() -> hub.link().request(question, 60_000)))
        .hasMessage("nobody listens at tox.hub.nobody");
  }

  @Test
  void aMessageThatWouldCostTheConnectionIsNotSent() throws Exception {
    Stored large = Stored.of(KEY, Buffer.buffer(new byte[1 << 20]));

    assertThatThrownBy(() -> hub.await(() -> hub.link().create(large)))
        .hasMessageMatching("a message of 10486\\d\\d bytes is too large");
    hub.await(() -> hub.link().create(message("one")));
  }

  @Test
  void whatIsPulledIsAcknowledgedOrGivenBack() throws Exception {
    List<Pulled> pulled = new CopyOnWriteArrayList<>();
    hub.await(() -> Streams.ensureConsumer(hub.link(), "any", "tox.work.any.*"));
    hub.await(() -> Streams.ensureConsumer(hub.link(), "any", "tox.work.any.*"));
    hub.await(() -> hub.link().create(Stored.of("tox.work.any.a", Buffer.buffer("a"))));
    hub.await(() -> hub.link().create(Stored.of("tox.work.any.b", Buffer.buffer("b"))));

    pull(2, pulled);
    await().until(() -> pulled.size() == 2);
    runner.await(() -> runner.link().acknowledge(pulled.get(0).ackTo()));
    runner.await(() -> runner.link().giveBack(pulled.get(1).ackTo(), 0));
    pull(1, pulled);
    await().until(() -> pulled.size() == 3);

    assertThat(pulled)
        .extracting(each -> each.message().body())
        .map(Object::toString)
        .containsExactly("a", "b", "b");
    hub.await(() -> hub.link().acknowledge(pulled.get(2).ackTo()));
    assertThat(hub.await(() -> hub.link().getFrom(NatsSubjects.WORK_STREAM, 1))).isEmpty();
  }

  @Test
  void aPullRequestEndsWhenItsTimeIsOver() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    hub.await(() -> Streams.ensureConsumer(hub.link(), "any", "tox.work.any.*"));

    runner.call(
        () ->
            PullRequest.begin(
                runner.link(),
                NatsSubjects.WORK_STREAM,
                "any",
                1,
                300,
                message -> {},
                ended::incrementAndGet));

    await().until(() -> ended.get() == 1);
  }

  @Test
  void nothingIsSentLaterThatWasToldWithoutAConnection() throws Exception {
    List<Stored> told = new CopyOnWriteArrayList<>();
    AtomicInteger back = new AtomicInteger();
    hub.call(
        () -> {
          hub.link().onReconnected(back::incrementAndGet);
          return hub.link().listen("tox.live.>", told::add);
        });

    cluster.kill(0);
    await().until(() -> !runner.call(() -> publish("lost")));
    assertThat(runner.call(runner.link()::isConnected)).isFalse();
    cluster.restart(0);

    await().atMost(Duration.ofSeconds(30)).until(() -> back.get() == 1);
    await().until(() -> runner.call(() -> publish("heard")) && !told.isEmpty());
    assertThat(told).extracting(each -> each.body().toString()).containsOnly("heard");
  }

  private boolean publish(String text) {
    return runner.link().publish(Stored.of("tox.live.x", Buffer.buffer(text)));
  }

  private void pull(int batch, List<Pulled> pulled) throws Exception {
    runner.call(
        () ->
            PullRequest.begin(
                runner.link(),
                NatsSubjects.WORK_STREAM,
                "any",
                batch,
                10_000,
                pulled::add,
                () -> {}));
  }

  private static Stored message(String text) {
    return Stored.of(KEY, Buffer.buffer(text));
  }
}
