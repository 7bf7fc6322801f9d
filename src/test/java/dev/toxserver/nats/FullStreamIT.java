package dev.toxserver.nats;

import static dev.toxserver.nats.LogScene.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullStreamIT {
  private static final int EVENT_BYTES = 100 * 1024;
  private static final int STREAM_BYTES = 1024 * 1024;

  @TempDir Path folder;
  private LogScene scene;

  @BeforeEach
  void startServers() throws Exception {
    scene = new LogScene(folder, 1, new NatsConfig.Store(1, false, STREAM_BYTES, 3_600_000));
  }

  @AfterEach
  void closeServers() throws Exception {
    scene.close();
  }

  @Test
  void aRunWaitsForRoomAndLosesNothing() throws Exception {
    NatsSubjects.Log older = new NatsSubjects.Log(new RunnerName("r1"), new RunId("older"), "p0");
    Owner before = new Owner();
    write(older, before, 5);
    await().until(() -> before.stored.get() == 4);

    Owner owner = new Owner();
    LogWriter writer = write(LOG, owner, 8);
    await().until(() -> owner.full.get() == 1);
    long kept = owner.stored.get();
    assertThat(kept).isLessThan(7);
    // It has been tried again meanwhile.
    await().during(Duration.ofMillis(2_500)).until(() -> owner.stored.get() == kept);

    scene.purge(older);
    long index = scene.result(writer::finish);
    assertThat(owner.stored).hasValue(7);
    assertThat(owner.full).hasValue(1);
    assertThat(read(index)).isEqualTo(LongStream.range(0, 8).boxed().toList());
  }

  @Test
  void aRunThatKeepsItsNewestNeverFillsIt() throws Exception {
    Owner owner = new Owner();
    LogWriter writer = writer(LOG, owner);
    scene.run(() -> writer.keepNewest(STREAM_BYTES / 2));
    scene.run(() -> owner.trim = new LogTrim(scene.hub, LOG));
    for (int i = 0; i < 40; i++) {
      add(writer, i, i + 1);
      long seq = i;
      await().atMost(Duration.ofSeconds(20)).until(() -> owner.stored.get() == seq);
      scene.run(() -> writer.read(seq));
    }

    assertThat(owner.trimmed.get()).isBetween(30L, 39L);
    await()
        .until(
            () ->
                scene.result(() -> new LogSeek(scene.hub, LOG).first()).orElseThrow().index()
                    == owner.trimmed.get());
  }

  @Test
  void ofWhatNobodyHasReadNothingIsGivenUp() throws Exception {
    Owner owner = new Owner();
    LogWriter writer = writer(LOG, owner);
    scene.run(() -> owner.trim = new LogTrim(scene.hub, LOG));
    for (int i = 0; i < 7; i++) {
      add(writer, i, i + 1);
      long seq = i;
      await().until(() -> owner.stored.get() == seq);
    }
    scene.run(() -> writer.keepNewest(STREAM_BYTES / 4));
    scene.run(() -> writer.read(2));

    assertThat(owner.trimmed).hasValue(3);
    assertThat(scene.call(writer::index)).isEqualTo(7);
    await()
        .until(
            () ->
                scene.result(() -> new LogSeek(scene.hub, LOG).first()).orElseThrow().index() == 3);
  }

  private List<Long> read(long messages) throws Exception {
    List<LogMessage> read = new CopyOnWriteArrayList<>();
    scene.run(() -> new LogReader(scene.hub, LOG, 0, read::add).start());
    await().until(() -> read.size() == messages);
    return read.stream()
        .flatMap(each -> LongStream.range(each.first(), each.next()).boxed())
        .toList();
  }

  private LogWriter write(NatsSubjects.Log log, Owner owner, long count) throws Exception {
    LogWriter writer = writer(log, owner);
    add(writer, 0, count);
    return writer;
  }

  private LogWriter writer(NatsSubjects.Log log, Owner owner) throws Exception {
    return scene.call(() -> new LogWriter(scene.runner, log, "s1", 0, owner));
  }

  private void add(LogWriter writer, long from, long to) throws Exception {
    scene.run(
        () ->
            LongStream.range(from, to)
                .forEach(seq -> writer.add(Buffer.buffer(new byte[EVENT_BYTES]))));
  }

  private static final class Owner implements LogWriter.Owner {
    private final AtomicLong stored = new AtomicLong(-1);
    private final AtomicInteger full = new AtomicInteger();
    private final AtomicLong trimmed = new AtomicLong();
    private LogTrim trim;

    @Override
    public void stored(long seq) {
      stored.set(seq);
    }

    @Override
    public void full() {
      full.incrementAndGet();
    }

    @Override
    public void tooLong(long first) {
      trim.delete(trimmed.getAndSet(first), first);
    }

    @Override
    public void fenced() {}
  }
}
