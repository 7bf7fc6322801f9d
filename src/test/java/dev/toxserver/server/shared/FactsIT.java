package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import dev.toxserver.nats.NatsParty;
import dev.toxserver.nats.Stored;
import dev.toxserver.nats.Streams;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several hubs' mirrors of one bucket, over a real NATS. */
class FactsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<Vertx> vertxes = new ArrayList<>();
  private NatsCluster cluster;

  private record Hub(NatsParty party, Facts facts, List<String> changes) {
    List<Fact> create(List<Fact> facts) throws Exception {
      return party.await(
          () -> Future.join(facts.stream().map(facts()::create).toList()).map(all -> all.list()));
    }

    List<String> known() throws Exception {
      return party.call(
          () ->
              facts.oldestFirst().stream()
                  .map(run -> run.life() + " " + run.state() + " " + run.placed())
                  .toList());
    }
  }

  @AfterEach
  void end() throws Exception {
    for (Vertx each : vertxes) {
      each.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void ofHubsThatDecideTheSameAtOnceOneDecidesAndAllKnowIt() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    List<Hub> hubs = List.of(hub("h1"), hub("h2"), hub("h3"));
    hubs.get(0).create(asked(0, 100));

    List<Future<List<Fact>>> races = new ArrayList<>();
    for (Hub hub : hubs) {
      races.add(hub.party().call(() -> Future.join(placed(hub, 100)).map(all -> all.<Fact>list())));
    }
    await().atMost(DEADLINE).until(() -> races.stream().allMatch(Future::isComplete));

    assertThat(races.get(0).result())
        .isEqualTo(races.get(1).result())
        .isEqualTo(races.get(2).result());
    assertThat(hubs.get(1).known()).hasSize(100).isEqualTo(hubs.get(2).known());
  }

  @Test
  void aHubThatIsStartedLaterKnowsAllAndInTheSameOrder() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    Hub first = hub("h1");
    first.create(asked(0, 200));
    first.create(List.of(TestFacts.ended(life(3), 1, 0)));

    assertThat(hub("h2").known()).isEqualTo(first.known()).hasSize(200);
  }

  @Test
  void whatWasDecidedStandsThoughTheLeaderAndThenAllServersAreKilled() throws Exception {
    cluster = NatsCluster.start(folder, 3);
    Hub first = hub("h1");
    Hub second = hub("h2");
    first.create(asked(0, 50));
    int leader = cluster.leader(NatsSubjects.stream(NatsSubjects.RUNS_BUCKET));
    cluster.kill(leader);
    List<Fact> during = first.create(asked(50, 100));
    cluster.restart(leader);
    cluster.killAll();
    cluster.restartAll();
    first.create(asked(100, 150));

    assertThat(during).isEqualTo(asked(50, 100));
    await().atMost(DEADLINE).until(() -> second.known().size() == 150);
    assertThat(second.known()).isEqualTo(first.known());
    assertThat(second.changes()).isEqualTo(first.changes()).doesNotHaveDuplicates();
  }

  @Test
  void aHubThatWasStoppedForAWhileMissesNothing() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    Hub stopped = hub("h1");
    Hub other = hub("h2");
    CountDownLatch goOn = new CountDownLatch(1);
    hold(stopped, goOn);
    other.create(asked(0, 500));
    goOn.countDown();

    await().atMost(DEADLINE).until(() -> stopped.known().size() == 500);
    assertThat(stopped.known()).isEqualTo(other.known());
  }

  @Test
  void whatIsForgottenIsGoneForHubsThatAreStartedLaterAndNothingOfALaterRunOfItsId()
      throws Exception {
    cluster = NatsCluster.start(folder, 1);
    Hub first = hub("h1");
    first.create(asked(0, 2));
    first.create(List.of(TestFacts.ended(life(0), 1, 0)));
    var old = first.party().call(() -> first.facts().find(life(0)).orElseThrow());
    first
        .party()
        .call(
            () -> {
              first.facts().forget(life(0).run());
              return null;
            });
    Forgetting.Store store = Forgetting.Store.of(first.party().link());
    first.party().await(() -> store.remove(old).map(done -> null));
    assertThat(hub("h2").known()).hasSize(1);

    first.create(asked(0, 1));
    first.party().await(() -> store.remove(old).map(done -> null));

    assertThat(hub("h3").known()).hasSize(2);
  }

  @Test
  void hubsAgreeOnWhatStandsThereThoughNatsHasLostWhatOneOfThemHasSeen() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    Hub first = hub("h1");
    first.create(asked(0, 1));
    first.create(List.of(TestFacts.placed(life(0), 1, "r1")));
    Hub second = hub("h2");
    Fact other = TestFacts.placed(life(0), 1, "r2");
    String key = NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, other.key());

    first
        .party()
        .await(() -> first.party().link().put(Stored.of(key, FactJson.encode(other).toBuffer())));

    List<String> later = hub("h3").known();
    assertThat(later).singleElement().asString().contains("r2");
    await().atMost(DEADLINE).until(() -> first.known().equals(later));
    await().atMost(DEADLINE).until(() -> second.known().equals(later));
  }

  /** Its event loop does nothing, as of a process that was sent SIGSTOP. */
  private static void hold(Hub hub, CountDownLatch goOn) throws Exception {
    hub.party()
        .call(
            () -> {
              Vertx.currentContext().runOnContext(here -> awaitUninterrupted(goOn));
              return null;
            });
  }

  private static void awaitUninterrupted(CountDownLatch goOn) {
    try {
      assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Hub hub(String name) throws Exception {
    // A context of its own: a test's thread would be given the same one for all.
    Vertx own = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(3_600_000));
    vertxes.add(own);
    NatsParty party = new NatsParty(own, cluster.config(), name);
    party.await(() -> Streams.prepare(party.link(), cluster.config().store(), 10));
    Facts facts = party.await(() -> Facts.open(party.link(), name));
    List<String> changes = new CopyOnWriteArrayList<>();
    party.call(
        () -> {
          facts.onChange(run -> changes.add(run.life() + " " + run.state()));
          return null;
        });
    return new Hub(party, facts, changes);
  }

  private static List<Future<Fact>> placed(Hub hub, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> hub.facts().create(TestFacts.placed(life(i), 1, "of-" + hub.hashCode())))
        .toList();
  }

  private static List<Fact> asked(int from, int to) {
    return IntStream.range(from, to).<Fact>mapToObj(i -> TestFacts.asked("r" + i)).toList();
  }

  private static Life life(int i) {
    return new Life(new RunId("r" + i), 1);
  }
}
