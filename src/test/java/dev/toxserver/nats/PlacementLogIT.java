package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.OnContext;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementLogIT {
  private static final NatsSubjects.Log LOG =
      new NatsSubjects.Log(new RunnerName("r1"), new RunId("run"), "p1");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicLong stored = new AtomicLong(-1);
  private final AtomicBoolean fenced = new AtomicBoolean();
  private final List<LogMessage> read = new CopyOnWriteArrayList<>();
  private NatsCluster cluster;
  private NatsLink runner;
  private NatsLink hub;
  private int links;

  @AfterEach
  void closeAll() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void eachEventIsReadOnceAndInOrderThoughTheLeaderAndThenAllServersAreKilled() throws Exception {
    begin(3);
    LogWriter writer = writer("s1");
    follow(0);
    add(writer, 0, 500);
    awaitStored(499);

    int leader = cluster.leader(NatsSubjects.OUTPUT_STREAM);
    cluster.kill(leader);
    add(writer, 500, 1_000);
    awaitStored(999);
    cluster.restart(leader);
    cluster.killAll();
    add(writer, 1_000, 1_500);
    cluster.restartAll();
    awaitStored(1_499);

    await().atMost(Duration.ofSeconds(60)).until(() -> readEvents() == 1_500);
    assertThat(events(read)).isEqualTo(words(0, 1_500));
  }

  @Test
  void whoeverIsGivenUpWritesNothingMore() throws Exception {
    begin(1);
    LogWriter writer = writer("s1");
    add(writer, 0, 10);
    awaitStored(9);
    long index = OnContext.call(context, writer::index);

    assertThat(end("h1", index, 10)).isEmpty();
    add(writer, 10, 20);

    await().untilTrue(fenced);
    follow(0);
    await().until(() -> !read.isEmpty() && read.get(read.size() - 1).end());
    assertThat(events(read)).isEqualTo(words(0, 10));
    assertThat(stored).hasValue(9);
  }

  @Test
  void whoeverHasWrittenMeanwhileIsNotGivenUp() throws Exception {
    begin(1);
    LogWriter writer = writer("s1");
    add(writer, 0, 10);
    awaitStored(9);
    long index = OnContext.call(context, writer::index);
    add(writer, 10, 11);
    awaitStored(10);

    assertThat(end("h1", index, 10)).map(LogMessage::first).contains(10L);
    assertThat(fenced).isFalse();
  }

  @Test
  void ofManyHubsThatEndALogOneDoes() throws Exception {
    begin(3);

    List<Future<Optional<LogMessage>>> ends =
        OnContext.call(
            context,
            () ->
                IntStream.range(0, 50)
                    .mapToObj(i -> new LogFence(i % 2 == 0 ? hub : runner, LOG, "h" + i))
                    .map(fence -> fence.end(0, 0, 0, Buffer.buffer()))
                    .toList());
    await().atMost(Duration.ofSeconds(30)).until(() -> ends.stream().allMatch(Future::isComplete));

    assertThat(ends.stream().filter(end -> end.result().isEmpty())).hasSize(1);
  }

  @Test
  void anEventIsFoundWhereverItIs() throws Exception {
    begin(1);
    LogWriter writer = writer("s1");
    for (int i = 0; i < 40; i++) {
      add(writer, 5 * i, 5 * i + 1 + i % 5);
      add(writer, 5 * i + 1 + i % 5, 5 * i + 5);
      awaitStored(5 * i + 4);
    }

    for (long seq = 0; seq < 200; seq += 3) {
      long wanted = seq;
      assertThat(messageOf(seq))
          .matches(m -> m.first() <= wanted && wanted < m.next(), "of " + seq);
    }
    assertThat(find(200)).isEqualTo(OnContext.call(context, writer::index));
  }

  private LogMessage messageOf(long seq) throws Exception {
    String name = LOG.message(find(seq));
    return result(() -> hub.get(NatsSubjects.OUTPUT_STREAM, name))
        .flatMap(LogMessage::of)
        .orElseThrow();
  }

  private long find(long seq) throws Exception {
    return result(() -> new LogSeek(hub, LOG).find(seq));
  }

  private void begin(int servers) throws Exception {
    cluster = NatsCluster.start(folder, servers);
    hub = connect();
    result(() -> Streams.prepare(hub, cluster.config().store(), 100));
    runner = connect();
  }

  private NatsLink connect() throws Exception {
    return OnContext.call(
            context, () -> NatsLink.connect(vertx, cluster.config(), "test" + ++links))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private LogWriter writer(String session) throws Exception {
    return OnContext.call(
        context, () -> new LogWriter(runner, LOG, session, 0, new TestOwner(stored, fenced)));
  }

  private void add(LogWriter writer, int from, int to) throws Exception {
    OnContext.call(
        context,
        () -> {
          words(from, to).forEach(word -> writer.add(Buffer.buffer(word)));
          return null;
        });
  }

  private void follow(long from) throws Exception {
    OnContext.call(
        context,
        () -> {
          new LogReader(hub, LOG, from, read::add).start();
          return null;
        });
  }

  private Optional<LogMessage> end(String by, long index, long next) throws Exception {
    return result(() -> new LogFence(hub, LOG, by).end(index, next, next, Buffer.buffer()));
  }

  private <T> T result(Callable<Future<T>> action) throws Exception {
    return OnContext.call(context, action)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private void awaitStored(long seq) {
    await().atMost(Duration.ofSeconds(60)).until(() -> stored.get() == seq);
  }

  private long readEvents() {
    return read.stream().mapToLong(message -> message.next() - message.first()).sum();
  }

  private static List<String> words(long from, long to) {
    return LongStream.range(from, to).mapToObj(i -> "event %d;".formatted(i)).toList();
  }

  private static List<String> events(List<LogMessage> messages) {
    StringBuilder all = new StringBuilder();
    messages.forEach(message -> all.append(message.frames()));
    return all.toString().lines().flatMap(line -> List.of(line.split("(?<=;)")).stream()).toList();
  }
}
