package dev.toxserver.server.journal;

import static dev.toxserver.server.journal.Entries.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What many journals hold together. */
@ExtendWith(VertxExtension.class)
class MemoryTest {
  /** What one chunk of output costs. */
  private static final long CHUNK = 16 * 1024 * 4 / 3 + 512;

  private static final long LIMIT = 200 * CHUNK;

  @TempDir private Path folder;
  private final Memory memory = new Memory(LIMIT);
  private final List<Throwable> losses = new ArrayList<>();
  private Disk disk;

  @BeforeEach
  void make(Vertx vertx) {
    disk = new Disk(vertx);
  }

  @Test
  void ofRunsThatCanNotBeWrittenTheQuietestLoseTheirOldestOutputAndSayWhy() throws Exception {
    List<TestJournal> runs = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      TestJournal run = journal(Optional.empty());
      run.append(0, 50);
      run.exit(50);
      runs.add(run);
    }
    long kept = 0;
    for (TestJournal run : runs) {
      long first = disk.on(run.get()::firstSeq);
      kept += 50 - first;
      assertThat(run.readAll(first)).isEqualTo(range(first, 51));
    }
    assertThat(kept).isBetween(190L, 200L);
    assertThat(runs.get(0).readAll(50)).containsExactly(50L);
    assertThat(disk.on(() -> runs.get(0).get().whyMissingBefore(50)))
        .hasValue("it could not be kept: there is no folder for it");
    assertThat(runs.get(19).readAll(0)).isEqualTo(range(0, 51));
    assertThat(disk.on(() -> runs.get(19).get().whyMissingBefore(0))).isEmpty();
    assertThat(losses).isEmpty();
  }

  @Test
  void oneThatIsUnderWayAndQuietLosesToOnesThatPrintAndItsUserIsTold() throws Exception {
    TestJournal quiet = journal(Optional.empty());
    quiet.append(0, 50);
    for (int n = 0; n < 3; n++) {
      journal(Optional.empty()).append(0, 60);
    }
    assertThat(disk.on(quiet.get()::firstSeq)).isBetween(25L, 40L);
    assertThat(losses).hasSize(1);
  }

  @Test
  void whatIsOnDiskGoesFromMemoryAndNothingIsLost() throws Exception {
    List<TestJournal> runs = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      TestJournal run = journal(Optional.of(spool("run-" + n)));
      run.append(0, 50);
      disk.settle();
      runs.add(run);
    }
    assertThat(disk.on(memory::isFull)).isFalse();
    for (TestJournal run : runs) {
      assertThat(run.readAll(0)).isEqualTo(range(0, 50));
    }
    assertThat(losses).isEmpty();
  }

  @Test
  void whileTheDiskIsBehindAllRunsWaitForItThoughNoneHoldsMuch() throws Exception {
    CountDownLatch held = disk.hold();
    List<TestJournal> runs = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      TestJournal run = journal(Optional.of(spool("run-" + n)));
      run.append(0, 50);
      runs.add(run);
    }
    for (TestJournal run : runs) {
      assertThat(disk.on(run.get()::isBehind)).isTrue();
    }
    held.countDown();
    disk.settle();
    for (TestJournal run : runs) {
      assertThat(disk.on(run.get()::isBehind)).isFalse();
      assertThat(run.readAll(0)).isEqualTo(range(0, 50));
    }
  }

  @Test
  void aRunThatIsOnDiskToItsExitHoldsNothing() throws Exception {
    Memory none = new Memory(0);
    TestJournal run = new TestJournal(disk, none, Optional.of(spool("run")), losses::add);
    run.append(0, 10);
    disk.settle();
    assertThat(disk.on(none::isFull)).isTrue();
    run.exit(10);
    disk.settle();
    assertThat(disk.on(none::isFull)).isFalse();
    assertThat(run.readAll(0)).isEqualTo(range(0, 11));
  }

  @Test
  void aRunThatIsForgottenHoldsNothing() throws Exception {
    Memory none = new Memory(0);
    TestJournal run = new TestJournal(disk, none, Optional.of(spool("run")), losses::add);
    run.append(0, 10);
    disk.settle();
    run.forget();
    assertThat(disk.on(none::isFull)).isFalse();
  }

  @Test
  void whatIsOnItsWayToTheDiskCountsUntilItIsThereThoughItIsForgotten() throws Exception {
    Memory none = new Memory(0);
    TestJournal run = new TestJournal(disk, none, Optional.of(spool("run")), losses::add);
    CountDownLatch held = disk.hold();
    run.append(0, 10);
    run.forget();
    assertThat(disk.on(none::isFull)).isTrue();
    held.countDown();
    disk.settle();
    assertThat(disk.on(none::isFull)).isFalse();
  }

  private TestJournal journal(Optional<Spool> spool) {
    return new TestJournal(disk, memory, spool, losses::add);
  }

  private Spool spool(String name) throws Exception {
    return new Spool(Files.createDirectory(folder.resolve(name)), 64_000_000);
  }
}
