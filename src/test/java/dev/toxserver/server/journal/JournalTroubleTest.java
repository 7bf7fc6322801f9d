package dev.toxserver.server.journal;

import static dev.toxserver.server.journal.Entries.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
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

/** Where there is no folder, or the disk is full, or the run is forgotten. */
@ExtendWith(VertxExtension.class)
class JournalTroubleTest {
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
  void withoutAFolderTheNewestStayInMemoryAndItIsToldOnce() throws Exception {
    journal = new TestJournal(disk, Optional.empty(), troubles::add);
    journal.append(0, 3 * MANY);
    journal.exit(3 * MANY);
    keepsOnlyTheLast(3 * MANY + 1);
    assertThat(troubles)
        .singleElement()
        .satisfies(trouble -> assertThat(trouble).hasMessage("there is no folder for it"));
  }

  @Test
  void aFirstWriteThatFailsIsToldWithItsReasonAndTheRunGoesOn() throws Exception {
    Files.delete(folder);
    journal.append(0, MANY);
    disk.settle();
    journal.append(MANY, 3 * MANY);
    disk.settle();
    keepsOnlyTheLast(3 * MANY);
    assertThat(troubles)
        .singleElement()
        .satisfies(trouble -> assertThat(trouble).isInstanceOf(IOException.class))
        .satisfies(trouble -> assertThat(trouble).hasMessageContaining(folder.toString()));
    assertThat(disk.on(journal.get()::isBehind)).isFalse();
  }

  @Test
  void aLaterWriteThatFailsLosesOnlyWhatDoesNotFitIntoMemoryAndSaysWhy() throws Exception {
    // Ten chunks fill a file.
    journal = new TestJournal(disk, Optional.of(new Spool(folder, 2_400_000)), troubles::add);
    journal.append(0, 10);
    disk.settle();
    // The next file can't be made, and the one before it can still be read.
    Path inTheWay =
        Files.createDirectories(folder.resolve("output.%019d".formatted(10)).resolve("in-the-way"));
    // Else the failure may be known so soon that what comes behind it is tried, and written.
    CountDownLatch held = disk.hold();
    journal.append(10, 3 * MANY);
    held.countDown();
    disk.settle();
    List<Long> left = journal.readAll(0);
    assertThat(left).startsWith(0L, 1L).endsWith(3 * MANY - 1);
    assertThat(left.size()).isBetween(76, 82);
    assertThat(disk.on(() -> journal.get().whyMissingBefore(2 * MANY)))
        .hasValueSatisfying(why -> assertThat(why).startsWith("it could not be kept: "));
    assertThat(troubles).hasSize(1);

    Files.delete(inTheWay);
    journal.exit(3 * MANY);
    disk.settle();
    left.add(3 * MANY);
    assertThat(Entries.readAll(Spool.open(folder, ROOM), 0, 1_000)).isEqualTo(left);
    assertThat(troubles).hasSize(1);
  }

  @Test
  void whatFitsIntoMemoryUntilTheDiskHasRoomIsNotMissing() throws Exception {
    Path inTheWay =
        Files.createDirectories(folder.resolve("output.%019d".formatted(0)).resolve("in-the-way"));
    journal.append(0, 10);
    disk.settle();
    Files.delete(inTheWay);
    journal.exit(10);
    disk.settle();
    assertThat(Entries.readAll(Spool.open(folder, ROOM), 0, 1_000)).isEqualTo(range(0, 11));
    assertThat(disk.on(journal.get()::missing)).isEmpty();
    assertThat(troubles).isEmpty();
  }

  @Test
  void whatCouldNotBeWrittenIsTriedAgainWhenMuchMoreHasComeAndNotAtEachEvent() throws Exception {
    Path inTheWay =
        Files.createDirectories(folder.resolve("output.%019d".formatted(0)).resolve("in-the-way"));
    journal.append(0, 10);
    disk.settle();
    Files.delete(inTheWay);
    journal.append(10, 20);
    disk.settle();
    assertThat(folder.resolve("output.%019d".formatted(0))).isEmptyDirectory();

    journal.append(20, 60);
    disk.settle();
    assertThat(Entries.readAll(Spool.open(folder, ROOM), 0, 1_000)).isEqualTo(range(0, 60));
    assertThat(troubles).isEmpty();
  }

  @Test
  void whoReadsWhileAWriteFailsIsNotCutOff() throws Exception {
    // So little that each write makes a file.
    journal = new TestJournal(disk, Optional.of(new Spool(folder, 1_600_000)), troubles::add);
    journal.append(0, MANY);
    disk.settle();
    // The next file can't be made, and those before it can still be read.
    long next = Spool.open(folder, ROOM).last().orElseThrow().seq() + 1;
    Files.createDirectories(folder.resolve("output.%019d".formatted(next)).resolve("in-the-way"));
    CountDownLatch beforeWrite = disk.hold();
    journal.append(MANY, 2 * MANY);
    CountDownLatch beforeRead = disk.hold();
    Promise<List<JsonObject>> page = Promise.promise();
    disk.on(() -> journal.get().read(MANY / 8).onComplete(page));
    beforeWrite.countDown();
    assertThat(troubles.poll(30, TimeUnit.SECONDS)).isNotNull();
    beforeRead.countDown();
    assertThat(disk.later(page::future).get(0).getLong("seq")).isEqualTo(MANY / 8);
  }

  @Test
  void ofAWriteThatFailsBehindTheExitNobodyIsToldForNothingMayFollow() throws Exception {
    Files.delete(folder);
    CountDownLatch held = disk.hold();
    journal.append(0, MANY);
    journal.exit(MANY);
    held.countDown();
    disk.settle();
    assertThat(troubles).isEmpty();
    List<Long> left = journal.readAll(disk.on(journal.get()::firstSeq));
    assertThat(left).isEqualTo(range(left.get(0), MANY + 1));
    assertThat(disk.on(journal.get()::missing)).isPresent();
  }

  @Test
  void oneThatIsForgottenTouchesItsFilesNoMore() throws Exception {
    CountDownLatch held = disk.hold();
    journal.append(0, MANY);
    journal.exit(MANY);
    journal.forget();
    disk.executor().executeBlocking(this::deleteFiles, false);
    held.countDown();
    disk.settle();
    assertThat(folder).isEmptyDirectory();
    // The first was on its way already.
    assertThat(journal.readAll(1)).isEqualTo(range(1, MANY + 1));
  }

  @Test
  void ofOneThatIsForgottenNobodyReadsAnothersFiles() throws Exception {
    journal.append(0, MANY);
    journal.exit(MANY);
    disk.settle();
    journal.forget();
    assertThat(journal.readAll(0)).containsExactly(MANY);
  }

  private void keepsOnlyTheLast(long next) throws Exception {
    long first = disk.on(journal.get()::firstSeq);
    assertThat(next - first).isBetween(66L, 72L);
    assertThat(disk.on(journal.get()::nextSeq)).isEqualTo(next);
    assertThat(journal.readAll(first)).isEqualTo(range(first, next));
  }

  private Void deleteFiles() throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    return null;
  }
}
