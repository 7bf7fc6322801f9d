package dev.toxserver.server.journal;

import static dev.toxserver.server.journal.Entries.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class JournalTest {
  private static final long ROOM = 64 * 1024 * 1024;

  /** So many chunks are certainly more than what is kept in memory. */
  private static final long MANY = 100;

  @TempDir private Path folder;
  private final BlockingQueue<Throwable> troubles = new LinkedBlockingQueue<>();
  private Disk disk;
  private TestJournal journal;

  @BeforeEach
  void make(Vertx vertx) {
    disk = new Disk(vertx);
    journal = new TestJournal(disk, Optional.of(new Spool(folder, ROOM)), troubles::add);
  }

  @Test
  void whatAShortRunHasPrintedIsOnDiskAtOnceWhereAServerThatIsKilledLeavesIt() throws Exception {
    journal.append(0, 1);
    disk.settle();
    assertThat(Entries.readAll(Spool.open(folder, ROOM), 0, 1_000)).containsExactly(0L);
    journal.append(1, 10);
    disk.settle();
    assertThat(Entries.readAll(Spool.open(folder, ROOM), 0, 1_000)).isEqualTo(range(0, 10));
    assertThat(journal.readAll(0)).isEqualTo(range(0, 10));

    journal.exit(10);
    disk.settle();
    assertThat(Spool.open(folder, ROOM).last().orElseThrow().exit()).isPresent();
    assertThat(journal.readAll(0)).isEqualTo(range(0, 11));
    assertThat(journal.get().isEnded()).isTrue();
    assertThat(troubles).isEmpty();
  }

  @Test
  void whatIsReadAcrossDiskAndMemoryHasNoHoleAndNoDouble() throws Exception {
    journal.append(0, MANY);
    disk.settle();
    assertThat(folder).isNotEmptyDirectory();
    assertThat(disk.on(journal.get()::firstSeq)).isZero();
    assertThat(journal.readAll(0)).isEqualTo(range(0, MANY));
    assertThat(journal.readAll(MANY / 2)).isEqualTo(range(MANY / 2, MANY));
    journal.append(MANY, 3 * MANY);
    assertThat(journal.readAll(0)).isEqualTo(range(0, 3 * MANY));
  }

  @Test
  void theNewestAreReadWithoutTheDisk() throws Exception {
    journal.append(0, 50);
    disk.settle();
    CountDownLatch held = disk.hold();
    assertThat(journal.readAll(0)).isEqualTo(range(0, 50));
    held.countDown();
  }

  @Test
  void anEventComesBackAsItWasPublished() throws Exception {
    JsonObject output = RunEventJson.encode(Entries.output(0, 10));
    JsonObject started =
        RunEventJson.encode(new RunEvent.Started(1, 17, List.of("tox", "-e", "ü")));
    disk.on(
        () -> {
          journal.get().append(output);
          journal.get().append(started);
          return null;
        });
    journal.exit(2);
    assertThat(disk.later(() -> journal.get().read(0))).startsWith(output, started);
    disk.settle();
    assertThat(disk.later(() -> journal.get().read(0))).startsWith(output, started);
  }

  @Test
  void aRunWaitsForADiskThatIsFarBehindAndHearsWhenItIsNot() throws Exception {
    CountDownLatch held = disk.hold();
    journal.append(0, MANY);
    assertThat(disk.on(journal.get()::isBehind)).isFalse();
    journal.append(MANY, 2 * MANY);
    assertThat(disk.on(journal.get()::isBehind)).isTrue();
    CountDownLatch written = new CountDownLatch(1);
    disk.on(
        () -> {
          journal.get().onWritten(written::countDown);
          return null;
        });
    held.countDown();
    assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
    disk.settle();
    assertThat(disk.on(journal.get()::isBehind)).isFalse();
    assertThat(journal.readAll(0)).isEqualTo(range(0, 2 * MANY));
  }

  @Test
  void anExitThatComesWhileTheDiskIsBusyIsOnDiskInTheEnd() throws Exception {
    CountDownLatch held = disk.hold();
    journal.append(0, 2 * MANY);
    journal.exit(2 * MANY);
    assertThat(journal.readAll(0)).isEqualTo(range(0, 2 * MANY + 1));
    held.countDown();
    disk.settle();
    assertThat(Spool.open(folder, ROOM).last().orElseThrow().exit()).isPresent();
  }
}
