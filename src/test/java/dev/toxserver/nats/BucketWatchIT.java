package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.NatsSubjects;
import io.nats.client.api.StreamConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketWatchIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Watch.Entry> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private NatsCluster cluster;
  private NatsParty writer;
  private NatsParty reader;

  @AfterEach
  void end() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void allThatIsThereIsToldAndThenEachChange() throws Exception {
    begin(1);
    write(0, 100);
    put("k5", "new");

    watch();
    await().until(() -> current.get() == 1);
    assertThat(told).hasSize(100);
    assertThat(told.get(99)).isEqualTo(new Watch.Entry("k5", 101, false, Buffer.buffer("new")));
    write(100, 200);

    await().until(() -> told.size() == 200);
    assertThat(keys()).endsWith(names(100, 200).toArray(String[]::new));
    assertThat(current).hasValue(1);
  }

  @Test
  void anEmptyBucketIsKnownAtOnceAndWhatIsDeletedIsTold() throws Exception {
    begin(1);
    watch();
    await().until(() -> current.get() == 1);

    put("k", "v");
    writer.await(
        () ->
            writer
                .link()
                .put(new Stored(subject("k"), Map.of("KV-Operation", "DEL"), Buffer.buffer())));

    await().until(() -> told.size() == 2);
    assertThat(told.get(1)).isEqualTo(new Watch.Entry("k", 2, true, Buffer.buffer()));
  }

  @Test
  void nothingIsMissedOrTwiceThoughTheLeaderAndThenAllServersAreKilled() throws Exception {
    begin(3);
    watch();
    write(0, 300);
    int leader = cluster.leader(NatsSubjects.stream(NatsSubjects.RUNS_BUCKET));
    cluster.kill(leader);
    write(300, 600);
    cluster.restart(leader);
    cluster.killAll();
    cluster.restartAll();
    write(600, 900);

    await().atMost(DEADLINE).until(() -> told.size() >= 900);
    assertThat(keys()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(names(0, 900));
    assertThat(told).extracting(Watch.Entry::revision).isSorted();
  }

  @Test
  void whatIsNotToldLiveIsFoundThoughNothingFollows() throws Exception {
    cluster = NatsCluster.start(folder, 1);
    writer = new NatsParty(vertx, cluster.config(), "hub");
    reader = new NatsParty(vertx, cluster.config(), "hub2");
    StreamConfiguration silent =
        StreamConfiguration.builder()
            .name(NatsSubjects.stream(NatsSubjects.RUNS_BUCKET))
            .subjects(NatsSubjects.entries(NatsSubjects.RUNS_BUCKET))
            .allowDirect(true)
            .build();
    cluster.administer(streams -> streams.addStream(silent));
    watch();
    await().until(() -> current.get() == 1);

    put("last", "v");

    await().until(() -> keys().contains("last"));
  }

  @Test
  void aBucketThatWasMadeAnewIsToldFromItsBeginning() throws Exception {
    begin(1);
    write(0, 10);
    watch();
    await().until(() -> told.size() == 10);

    String stream = NatsSubjects.stream(NatsSubjects.RUNS_BUCKET);
    cluster.administer(streams -> streams.deleteStream(stream));
    writer.await(() -> Streams.prepare(writer.link(), cluster.config().store(), 10));
    put("other", "v");

    await().atMost(DEADLINE).until(() -> keys().contains("other"));
    assertThat(told).hasSize(11);
  }

  private void begin(int servers) throws Exception {
    cluster = NatsCluster.start(folder, servers);
    writer = new NatsParty(vertx, cluster.config(), "hub");
    reader = new NatsParty(vertx, cluster.config(), "hub2");
    writer.await(() -> Streams.prepare(writer.link(), cluster.config().store(), 10));
  }

  private void watch() throws Exception {
    reader.call(
        () ->
            Watch.begin(
                reader.link(), NatsSubjects.RUNS_BUCKET, told::add, current::incrementAndGet));
  }

  /** Each once, however often that has to be tried. */
  private void write(int from, int to) throws Exception {
    FirstWriter first =
        new FirstWriter(
            writer.link(),
            NatsSubjects.stream(NatsSubjects.RUNS_BUCKET),
            "w" + written.incrementAndGet(),
            () -> {});
    for (String name : names(from, to)) {
      Stored message = Stored.of(subject(name), Buffer.buffer("v"));
      assertThat(writer.await(() -> first.create(message))).isEmpty();
    }
  }

  private void put(String key, String value) throws Exception {
    writer.await(() -> writer.link().put(Stored.of(subject(key), Buffer.buffer(value))));
  }

  private static String subject(String key) {
    return NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, key);
  }

  private List<String> keys() {
    return told.stream().map(Watch.Entry::key).toList();
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "k" + i).toList();
  }
}
