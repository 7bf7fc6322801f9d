package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseIT {
  private static final Duration DEADLINE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Peers.Peer> changes = new CopyOnWriteArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicBoolean heard = new AtomicBoolean(true);
  private final AtomicReference<String> says = new AtomicReference<>("here");
  private NatsCluster cluster;
  private NatsParty hub;
  private NatsParty runner;
  private Lease lease;
  private Peers peers;

  @AfterEach
  void end() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void whoIsThereIsKnownUntilItLeavesAndEachNewsOfItIsToldOnce() throws Exception {
    begin(1, 30_000);
    await().until(() -> changes.size() == 1);
    assertThat(hub.call(() -> peers.find("runner.r1"))).isPresent();
    assertThat(runner.call(lease::isKept)).isTrue();

    says.set("busy");
    await().until(() -> changes.size() == 2);
    runner.call(
        () -> {
          lease.close();
          return null;
        });
    await().until(() -> changes.size() == 3);

    assertThat(changes)
        .containsExactly(
            new Peers.Peer("runner.r1", Buffer.buffer("here"), 0, false),
            new Peers.Peer("runner.r1", Buffer.buffer("busy"), 0, false),
            new Peers.Peer("runner.r1", Buffer.buffer(), 0, true));
    assertThat(hub.call(() -> peers.all())).isEmpty();
  }

  @Test
  void whoeverIsCutOffWithAMinorityKnowsItAndThinksNobodyElseAway() throws Exception {
    begin(3, 5_000);
    await().until(() -> changes.size() == 1);

    cluster.kill(1);
    cluster.kill(2);
    await().atMost(DEADLINE).until(() -> lost.get() == 1);
    assertThat(runner.call(lease::isKept)).isFalse();
    cluster.restart(1);
    cluster.restart(2);

    await().atMost(DEADLINE).until(() -> runner.call(lease::isKept));
    assertThat(lost).hasValue(1);
  }

  @Test
  void silenceIsCountedOnlyWhileWeAreHeardOurselves() throws Exception {
    begin(1, 30_000);
    await().until(() -> changes.size() == 1);
    runner.await(() -> runner.link().close());

    await().atMost(DEADLINE).until(() -> silentMillis() >= 3_000);
    heard.set(false);
    long then = silentMillis();
    AtomicInteger ticks = new AtomicInteger();
    hub.call(() -> vertx.setPeriodic(1_000, tick -> ticks.incrementAndGet()));
    await().until(() -> ticks.get() == 3);

    assertThat(silentMillis()).isLessThanOrEqualTo(then + 1_000);
  }

  @Test
  void silenceIsNotCountedForTheTimeInWhichWeWereStopped() throws Exception {
    begin(1, 30_000);
    await().until(() -> changes.size() == 1);
    runner.await(() -> runner.link().close());
    long then = silentMillis();
    hub.call(
        () -> {
          TimeUnit.SECONDS.sleep(6);
          return null;
        });
    hub.await(() -> vertx.timer(500));

    assertThat(silentMillis()).isLessThanOrEqualTo(then + 2_000);
  }

  private long silentMillis() throws Exception {
    return hub.call(() -> peers.find("runner.r1").orElseThrow().silentMillis());
  }

  private void begin(int servers, long graceMillis) throws Exception {
    cluster = NatsCluster.start(folder, servers);
    hub = new NatsParty(vertx, cluster.config(), "hub-1");
    runner = new NatsParty(vertx, cluster.config(), "r1");
    hub.await(() -> Streams.prepare(hub.link(), cluster.config().store(), 10));
    peers = hub.call(() -> new Peers(hub.link(), heard::get, changes::add, () -> {}));
    lease =
        runner.call(
            () ->
                new Lease(
                    runner.link(),
                    "runner.r1",
                    () -> Buffer.buffer(says.get()),
                    graceMillis,
                    lost::incrementAndGet));
  }
}
