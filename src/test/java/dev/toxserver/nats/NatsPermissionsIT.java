package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conf/nats lets each user do, by the real server. */
class NatsPermissionsIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final NatsSubjects.Log OWN = log("r1");
  private static final NatsSubjects.Log OTHERS = log("r2");
  private static NatsCluster cluster;
  private static NatsParty hub;
  private static NatsParty runner;
  private static NatsParty observer;

  @BeforeAll
  static void begin(@TempDir Path folder) throws Exception {
    cluster = NatsCluster.startShipped(folder, 1);
    hub = new NatsParty(VERTX, cluster.config("hub"), "hub-1");
    runner = new NatsParty(VERTX, cluster.config("r1"), "r1");
    observer = new NatsParty(VERTX, cluster.config("observer"), "observer");
    hub.await(() -> Streams.prepare(hub.link(), cluster.config().store(), 10));
    hub.await(() -> Streams.ensureConsumer(hub.link(), "any", "tox.work.any.*"));
    hub.await(() -> hub.link().create(message(OTHERS.message(0))));
    hub.call(
        () -> hub.link().answer("tox.hub.>", "hubs", each -> Future.succeededFuture(each.body())));
  }

  @AfterAll
  static void end() throws Exception {
    VERTX.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aRunnerWritesItsOutputAsksAsItselfAndSaysThatItIsThere() throws Exception {
    runner.await(() -> runner.link().create(message(OWN.message(0))));
    runner.await(() -> runner.link().request(message("tox.hub.claim.r1"), 2_000));
    runner.await(() -> runner.link().put(message(NatsSubjects.entry("tox-peers", "runner.r1"))));

    assertThat(runner.await(() -> runner.link().get(NatsSubjects.OUTPUT_STREAM, OWN.message(0))))
        .isPresent();
  }

  @Test
  void aRunnerPullsARunAndAcknowledgesItAndAnswersWhatItIsAsked() throws Exception {
    List<Pulled> pulled = new CopyOnWriteArrayList<>();
    hub.await(() -> hub.link().create(message("tox.work.any.x")));
    runner.call(
        () ->
            PullRequest.begin(
                runner.link(), NatsSubjects.WORK_STREAM, "any", 1, 5_000, pulled::add, () -> {}));
    await().until(() -> !pulled.isEmpty());

    runner.await(() -> runner.link().acknowledge(pulled.get(0).ackTo()));
    runner.call(
        () ->
            runner
                .link()
                .answer("tox.runner.r1.input", "", each -> Future.succeededFuture(each.body())));
    await()
        .ignoreExceptions()
        .until(
            () ->
                hub.await(() -> hub.link().request(message("tox.runner.r1.input"), 2_000)) != null);

    assertThat(hub.await(() -> hub.link().getFrom(NatsSubjects.WORK_STREAM, 1))).isEmpty();
  }

  @Test
  void aRunnerWritesNoOutputAsAnother() {
    refused(() -> runner.link().create(message(OTHERS.message(1))), OTHERS.message(1));
  }

  @Test
  void aRunnerTakesNoRunAsAnother() {
    refused(() -> runner.link().request(message("tox.hub.claim.r2"), 1_000), "tox.hub.claim.r2");
  }

  @Test
  void aRunnerDecidesNothingOfARun() {
    String placed = NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, "x.1.placed.1");
    refused(() -> runner.link().create(message(placed)), placed);
  }

  @Test
  void aRunnerSaysNothingInTheNameOfAnother() {
    String lease = NatsSubjects.entry(NatsSubjects.PEERS_BUCKET, "runner.r2");
    refused(() -> runner.link().put(message(lease)), lease);
  }

  @Test
  void aRunnerQueuesNothingAndSendsOthersNoOrders() {
    refused(() -> runner.link().create(message("tox.work.any.y")), "tox.work.any.y");
    refused(
        () -> runner.link().request(message("tox.runner.r2.cancel"), 1_000),
        "tox.runner.r2.cancel");
  }

  @Test
  void aRunnerDeletesNoStream() {
    refused(
        () -> runner.link().administer("STREAM.DELETE.TOX_OUT", new JsonObject()),
        "$JS.API.STREAM.DELETE.TOX_OUT");
  }

  @Test
  void aHubMayAskTheLeaderOfEachStreamAndARunnerMayNot() throws Exception {
    String leaders = "STREAM.MSG.GET.";
    JsonObject query = new JsonObject().put("seq", 1_000_000);
    List<String> streams =
        hub
            .await(() -> hub.link().administer("STREAM.NAMES", new JsonObject()))
            .getJsonArray("streams")
            .stream()
            .map(Object::toString)
            .toList();

    assertThat(streams).contains(NatsSubjects.OUTPUT_STREAM, NatsSubjects.WORK_STREAM);
    for (String stream : streams) {
      assertThatThrownBy(() -> hub.await(() -> hub.link().administer(leaders + stream, query)))
          .isInstanceOfSatisfying(
              NatsFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(NatsFailure.NO_MESSAGE));
    }
    String output = leaders + NatsSubjects.OUTPUT_STREAM;
    refused(() -> runner.link().administer(output, query), "$JS.API." + output);
  }

  @Test
  void aRunnerReadsNoOutputOfAnother() throws Exception {
    refused(
        () -> runner.link().get(NatsSubjects.OUTPUT_STREAM, OTHERS.message(0)),
        "$JS.API.DIRECT.GET.TOX_OUT." + OTHERS.message(0));
    assertDeaf("tox.live.r2.>", OTHERS.live().replace("*", "1"));
  }

  @Test
  void aRunnerReadsNobodysAnswersButItsOwn() throws Exception {
    assertDeaf("_INBOX.>", "_INBOX.hub-1.x");
    assertDeaf("_INBOX.r2.>", "_INBOX.r2.x");
  }

  @Test
  void anObserverReadsOutputAndChangesNothing() throws Exception {
    assertThat(
            observer.await(
                () -> observer.link().get(NatsSubjects.OUTPUT_STREAM, OTHERS.message(0))))
        .isPresent();
    refused(observer, () -> observer.link().create(message(OTHERS.message(1))), OTHERS.message(1));
    String asked = NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, "x.1.asked");
    refused(observer, () -> observer.link().create(message(asked)), asked);
    refused(
        observer,
        () -> observer.link().get("KV_tox-runs", asked),
        "$JS.API.DIRECT.GET.KV_tox-runs." + asked);
  }

  @Test
  void aStrangerIsToldSoAtOnce() {
    NatsConfig config =
        new NatsConfig(
            cluster.urls(),
            Optional.of(new NatsConfig.Login("hub", "guessed")),
            Optional.empty(),
            cluster.config().store());

    assertThatThrownBy(() -> new NatsParty(VERTX, config, "x"))
        .hasMessageEndingWith("see --nats-user and --nats-password-file");
  }

  private static <T> void refused(Callable<Future<T>> action, String subject) {
    refused(runner, action, subject);
  }

  /** The server says so, if only beside the request. */
  private static <T> void refused(NatsParty who, Callable<Future<T>> action, String subject) {
    assertThatThrownBy(() -> who.await(action))
        .isInstanceOf(NatsFailure.class)
        .hasMessage("Permissions Violation for Publish to \"%s\"", subject);
  }

  /** What is told there does not come, though what is told after it does. */
  private static void assertDeaf(String subject, String example) throws Exception {
    List<Stored> heard = new CopyOnWriteArrayList<>();
    runner.call(() -> runner.link().listen(subject, heard::add));
    runner.call(() -> runner.link().listen("tox.runner.r1.then", heard::add));
    runner.await(() -> runner.link().request(message("tox.hub.claim.r1"), 2_000));

    hub.call(() -> hub.link().publish(message(example)));
    hub.call(() -> hub.link().publish(message("tox.runner.r1.then")));

    await().until(() -> !heard.isEmpty());
    assertThat(heard).extracting(Stored::subject).containsOnly("tox.runner.r1.then");
  }

  private static NatsSubjects.Log log(String runner) {
    return new NatsSubjects.Log(new RunnerName(runner), new RunId("x"), "p");
  }

  private static Stored message(String subject) {
    return Stored.of(subject, Buffer.buffer("x"));
  }
}
