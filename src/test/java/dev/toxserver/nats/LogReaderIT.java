package dev.toxserver.nats;

import static dev.toxserver.nats.LogScene.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderIT {
  @TempDir static Path folder;
  private static LogScene scene;

  private final AtomicLong stored = new AtomicLong(-1);
  private final AtomicBoolean fenced = new AtomicBoolean();
  private final List<LogMessage> read = new CopyOnWriteArrayList<>();
  private LogWriter writer;
  private LogReader reader;

  @BeforeAll
  static void startServers() throws Exception {
    scene = new LogScene(folder, 1);
  }

  @AfterAll
  static void closeServers() throws Exception {
    scene.close();
  }

  @BeforeEach
  void beginALog() throws Exception {
    scene.purge(LOG);
    scene.run(
        () -> writer = new LogWriter(scene.runner, LOG, "s1", 0, new TestOwner(stored, fenced)));
  }

  @AfterEach
  void endAll() throws Exception {
    scene.run(
        () -> {
          writer.close();
          if (reader != null) {
            reader.end();
          }
        });
  }

  @Test
  void aPausedReaderTakesNothingAndThenAll() throws Exception {
    readFrom(0);
    writeOneByOne(0, 5);
    await().until(() -> read.size() == 5);

    scene.run(reader::pause);
    writeOneByOne(5, 60);
    assertThat(read).hasSize(5);
    scene.run(reader::resume);

    await().until(() -> read.size() == 60);
    assertThat(firsts()).isEqualTo(LongStream.range(0, 60).boxed().toList());
  }

  @Test
  void aReaderThatIsPausedInTheMiddleOfAPageGoesOnThere() throws Exception {
    writeOneByOne(0, 40);
    scene.run(
        () -> {
          reader = new LogReader(scene.hub, LOG, 0, this::takeAndPause);
          reader.start();
        });

    for (int i = 1; i <= 40; i++) {
      int count = i;
      await().until(() -> read.size() == count);
      scene.run(reader::resume);
    }
    assertThat(firsts()).isEqualTo(LongStream.range(0, 40).boxed().toList());
  }

  @Test
  void whatWasDeletedIsPassedOver() throws Exception {
    writeOneByOne(0, 20);
    readFrom(3);
    await().until(() -> read.size() == 17);
    scene.run(reader::pause);
    writeOneByOne(20, 50);
    scene.trim(LOG, 30);
    scene.run(reader::resume);

    await().atMost(Duration.ofSeconds(20)).until(() -> read.size() == 37);
    assertThat(read.get(17).first()).isEqualTo(30);
  }

  @Test
  void aPlaceIsFoundInALogWhoseBeginningWasDeleted() throws Exception {
    writeOneByOne(0, 50);
    scene.trim(LOG, 17);

    assertThat(find(0)).isEqualTo(17);
    assertThat(find(17)).isEqualTo(17);
    assertThat(find(18)).isEqualTo(18);
    assertThat(find(49)).isEqualTo(49);
    assertThat(find(50)).isEqualTo(50);
    assertThat(scene.result(() -> new LogSeek(scene.hub, LOG).first()).orElseThrow().index())
        .isEqualTo(17);
    assertThat(scene.result(() -> new LogSeek(scene.hub, LOG).last()).orElseThrow().index())
        .isEqualTo(49);
  }

  @Test
  void ofAnEmptyLogNothingIsFound() throws Exception {
    assertThat(find(0)).isZero();
    assertThat(scene.result(() -> new LogSeek(scene.hub, LOG).first())).isEmpty();
    assertThat(scene.result(() -> new LogSeek(scene.hub, LOG).last())).isEmpty();
  }

  @Test
  void anEventLargerThanAMessageUsuallyIsGoesAlone() throws Exception {
    readFrom(0);
    scene.run(
        () -> {
          writer.add(Buffer.buffer("a"));
          writer.add(Buffer.buffer(new byte[LogMessage.MOST_BYTES]));
          writer.add(Buffer.buffer("b"));
        });

    await().until(() -> read.size() == 3);
    assertThat(read.get(1).frames().length()).isEqualTo(LogMessage.MOST_BYTES);
    assertThat(stored).hasValue(2);
  }

  @Test
  void anEventThatNoServerTakesIsRefusedBeforeItIsSent() {
    Buffer large = Buffer.buffer(new byte[LogMessage.MOST_BYTES + 1]);

    assertThatThrownBy(() -> scene.run(() -> writer.add(large)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  private void takeAndPause(LogMessage message) {
    reader.pause();
    read.add(message);
  }

  private void readFrom(long index) throws Exception {
    scene.run(
        () -> {
          reader = new LogReader(scene.hub, LOG, index, read::add);
          reader.start();
        });
  }

  private void writeOneByOne(long from, long to) throws Exception {
    for (long i = from; i < to; i++) {
      long seq = i;
      scene.run(() -> writer.add(Buffer.buffer("event %d;".formatted(seq))));
      await().pollInterval(Duration.ofMillis(1)).until(() -> stored.get() == seq);
    }
  }

  private long find(long seq) throws Exception {
    return scene.result(() -> new LogSeek(scene.hub, LOG).find(seq));
  }

  private List<Long> firsts() {
    return read.stream().map(LogMessage::first).toList();
  }
}
