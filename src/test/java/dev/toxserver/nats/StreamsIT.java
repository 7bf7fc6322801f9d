package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsIT {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private NatsCluster cluster;
  private NatsParty hub;

  @AfterEach
  void end() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void theFirstHubMakesAllAndTheNextFindsItAndTellsEachDifference() throws Exception {
    begin(NatsCluster.startShipped(folder, 1));

    assertThat(prepare(store(1, 64 << 20), 10)).isEmpty();
    assertThat(prepare(store(1, 64 << 20), 10)).isEmpty();
    assertThat(prepare(store(1, 1 << 20), 20))
        .containsExactly(
            "TOX_WORK has max_msgs 10 where our settings say 20",
            "TOX_OUT has max_bytes 67108864 where our settings say 1048576");
    List<String> names = cluster.administer(JetStreamManagement::getStreamNames);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "TOX_WORK", "TOX_PARKED", "TOX_OUT", "KV_tox-runs", "KV_tox-peers", "KV_tox-tokens");
  }

  @Test
  void oneMoreThanMayWaitIsRefused() throws Exception {
    begin(NatsCluster.startShipped(folder, 1));
    prepare(store(1, 64 << 20), 2);

    write("tox.work.any.a");
    write("tox.work.py311.b");
    assertThatThrownBy(() -> write("tox.work.any.c"))
        .isInstanceOfSatisfying(NatsFailure.class, each -> assertThat(each.isFull()).isTrue());
    write("tox.parked.c");
  }

  @Test
  void aStreamThatSomebodyElseHasMadeOtherwiseIsRefused() throws Exception {
    begin(NatsCluster.startShipped(folder, 1));
    StreamConfiguration others =
        StreamConfiguration.builder()
            .name(NatsSubjects.OUTPUT_STREAM)
            .subjects(NatsSubjects.OUTPUT)
            .build();
    cluster.administer(streams -> streams.addStream(others));

    assertThatThrownBy(() -> prepare(store(1, 64 << 20), 10))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("TOX_OUT has ")
        .hasMessageEndingWith(": remove it, or use another account");
  }

  @Test
  void threeOfThemKeepAllThreeTimes() throws Exception {
    begin(NatsCluster.startShipped(folder, 3));

    assertThat(prepare(store(3, 64 << 20), 10)).isEmpty();
    List<Replica> others =
        cluster.administer(
            streams -> streams.getStreamInfo("KV_tox-runs").getClusterInfo().getReplicas());
    assertThat(others).hasSize(2);
  }

  @Test
  void oneCannotKeepItThreeTimes() throws Exception {
    begin(NatsCluster.startShipped(folder, 1));

    assertThatThrownBy(() -> prepare(store(3, 64 << 20), 10))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("--nats-replicas needs as many NATS servers in one cluster: ");
  }

  @Test
  void theLastOfThreeMayComeLater() throws Exception {
    beginWithoutTheThird();
    Future<List<String>> prepared =
        hub.call(() -> Streams.prepare(hub.link(), store(3, 64 << 20), 10, 40_000));
    cluster.restart(2);

    assertThat(hub.await(() -> prepared)).isEmpty();
  }

  @Test
  void twoAreNotWaitedForForever() throws Exception {
    beginWithoutTheThird();

    assertThatThrownBy(
            () -> hub.await(() -> Streams.prepare(hub.link(), store(3, 64 << 20), 10, 1_000)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("--nats-replicas needs as many NATS servers in one cluster: ");
  }

  @Test
  void withoutRoomForTheOutputNothingBegins() throws Exception {
    begin(NatsCluster.startShipped(folder, 1));

    assertThatThrownBy(() -> prepare(store(1, 1L << 40), 10))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("NATS has too little room for --nats-output and the rest: ");
  }

  @Test
  void withoutJetStreamNothingBegins() throws Exception {
    begin(
        NatsCluster.start(folder, 1, "accounts { A { users: [ { user: hub, password: hub } ] } }"));

    assertThatThrownBy(() -> prepare(store(1, 64 << 20), 10))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("this NATS has no JetStream, or not for our account: start it with -js");
  }

  @Test
  void withTooSmallMessagesNothingBegins() throws Exception {
    String more = "max_payload: 65536\nauthorization { user: hub, password: hub }";
    begin(NatsCluster.start(folder, 1, more));

    assertThatThrownBy(() -> prepare(store(1, 64 << 20), 10))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "NATS takes messages of 65536 bytes: its max_payload must be at least 1048576 (1 MiB)");
  }

  private void begin(NatsCluster started) throws Exception {
    cluster = started;
    hub = new NatsParty(vertx, cluster.config("hub"), "hub-1");
  }

  /** Begins with two of three, which refuse what would need all. */
  private void beginWithoutTheThird() throws Exception {
    NatsCluster three = NatsCluster.start(folder, 3, "authorization { user: hub, password: hub }");
    three.kill(2);
    begin(three);
    StreamConfiguration ofThree =
        StreamConfiguration.builder().name("three").subjects("three").replicas(3).build();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThatThrownBy(
                        () ->
                            cluster.administer(
                                streams -> {
                                  streams.addStream(ofThree);
                                  return streams.deleteStream("three");
                                }))
                    .isInstanceOfSatisfying(
                        JetStreamApiException.class,
                        each -> assertThat(each.getApiErrorCode()).isEqualTo(NatsFailure.TOO_FEW)));
  }

  private List<String> prepare(NatsConfig.Store store, int queueLimit) throws Exception {
    return hub.await(() -> Streams.prepare(hub.link(), store, queueLimit));
  }

  private void write(String subject) throws Exception {
    hub.await(() -> hub.link().create(Stored.of(subject, Buffer.buffer("x"))));
  }

  private static NatsConfig.Store store(int replicas, long bytes) {
    return new NatsConfig.Store(replicas, false, bytes, 3_600_000);
  }
}
