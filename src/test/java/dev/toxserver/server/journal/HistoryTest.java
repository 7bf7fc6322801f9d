package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class HistoryTest {
  @TempDir private Path temporary;
  private Path folder;
  private Vertx vertx;

  @BeforeEach
  void choose(Vertx its) {
    vertx = its;
    folder = temporary.resolve("state");
  }

  @Test
  void theOldestThatHasEndedIsForgottenWithItsFolder() throws Exception {
    TestHistory history = open(2);
    history.beginAndEnd("a", "b", "c");
    assertThat(history.newestFirst()).containsExactly("c", "b");
    history.close();
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder.resolve("b/run.json")).exists();
  }

  @Test
  void thoseThatHaveNotEndedDoNotCount() throws Exception {
    TestHistory history = open(1);
    history.begin("first");
    RunLog second = history.begin("second");
    history.beginAndEnd("third");
    assertThat(history.newestFirst()).containsExactly("third", "second", "first");
    history.end(second, 0);
    assertThat(history.newestFirst()).hasSize(2).contains("first");
  }

  @Test
  void aRunThatOthersHaveOvertakenIsKeptWhenItEndsAndTheNextServerKeepsIt() throws Exception {
    TestHistory history = open(2);
    RunLog first = history.begin("first");
    history.beginAndEnd("second", "third");
    history.awaitNextMillisecond();
    history.end(first, 0);
    assertThat(history.newestFirst()).containsExactly("third", "first");
    history.close();

    TestHistory next = open(1);
    assertThat(next.newestFirst()).containsExactly("first");
    next.close();
  }

  @Test
  void withAHistoryOfNoneARunIsForgottenAsItEnds() throws Exception {
    TestHistory history = open(0);
    RunLog log = history.begin("a");
    assertThat(history.newestFirst()).containsExactly("a");
    history.end(log, 0);
    assertThat(history.newestFirst()).isEmpty();
    assertThat(history.knows("last")).isFalse();
    history.close();
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void theLastIsTheOneThatWasAcceptedLastHereOrByTheServerBefore() throws Exception {
    TestHistory history = open(10);
    assertThat(history.knows("last")).isFalse();
    history.beginAndEnd("a");
    history.begin("b");
    assertThat(history.find("last").id().value()).isEqualTo("b");
    history.close();
    assertThat(open(10).find("last").id().value()).isEqualTo("b");
  }

  @Test
  void programsOfExecPushNoRunOfToxOutAndAreNeverTheLast() throws Exception {
    TestHistory history = open(2);
    history.beginAndEnd("a", "b");
    for (String id : List.of("p", "q", "r")) {
      history.end(history.beginExec(id), 0);
    }
    assertThat(history.newestFirst()).containsExactly("r", "q", "b", "a");
    assertThat(history.find("last").id().value()).isEqualTo("b");
    history.beginAndEnd("c");
    assertThat(history.newestFirst()).containsExactly("c", "r", "q", "b");
    history.close();

    TestHistory next = open(2);
    assertThat(next.newestFirst()).containsExactly("c", "r", "q", "b");
    next.end(next.beginExec("s"), 0);
    assertThat(next.newestFirst()).containsExactly("s", "c", "r", "b");
    assertThat(next.find("last").id().value()).isEqualTo("c");
  }

  @Test
  void anIdThatIsUsedAgainTakesThePlaceOfTheRunThatHadIt() throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("a", "b");
    RunLog before = history.find("a");
    history.end(history.begin("a"), 7);
    assertThat(history.newestFirst()).containsExactly("a", "b");
    assertThat(history.find("a")).isNotSameAs(before);
    history.close();

    TestHistory next = open(10);
    RunLog after = next.find("a");
    assertThat(after.record().returncode()).hasValue(7);
    assertThat(next.read(after, 0))
        .extracting(event -> event.getString("type"))
        .containsExactly("output", "exit");
  }

  @Test
  void whoStillReadsARunWhoseIdIsUsedAgainIsNotGivenTheNewOnes() throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("a");
    RunLog before = history.find("a");
    awaitOnDisk(history, before);
    history.end(history.begin("a"), 7);
    assertThat(history.read(before, 0))
        .singleElement()
        .satisfies(exit -> assertThat(exit.getInteger("returncode")).isZero());
  }

  @Test
  void whenTooMuchWaitsForTheDiskItSaysSo() throws Exception {
    TestHistory history = open(1);
    CountDownLatch held = history.disk().hold();
    for (int n = 0; n < 1_000; n++) {
      assertThat(history.disk().on(history.get()::isBehind)).isFalse();
      history.begin("r" + n);
    }
    assertThat(history.disk().on(history.get()::isBehind)).isTrue();
    held.countDown();
    history.disk().settle();
    assertThat(history.disk().on(history.get()::isBehind)).isFalse();
  }

  @Test
  void noMoreRunsAreKeptThanTheirArgumentsFitIntoMemory() throws Exception {
    TestHistory history = new TestHistory(vertx, Optional.of(folder), 1_000, 100_000);
    for (int n = 0; n < 20; n++) {
      history.end(history.begin("r" + n, List.of("x".repeat(10_000))), 0);
    }
    assertThat(history.newestFirst()).containsExactly("r19", "r18", "r17", "r16");
    history.close();
    assertThat(folder.resolve("r15")).doesNotExist();
  }

  @Test
  void whatIsSaidToAHistoryThatIsClosedHarmsNothing() throws Exception {
    TestHistory history = open(10);
    RunLog running = history.begin("a");
    history.beginAndEnd("b");
    CountDownLatch held = history.disk().hold();
    history.disk().on(() -> append(history, running, 0, 10));
    Future<Void> closed = history.disk().on(history.get()::close);
    held.countDown();
    history.disk().later(() -> closed);
    Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    vertx.exceptionHandler(uncaught::add);
    history.disk().on(() -> append(history, running, 10, 400));
    history.end(running, 0);
    history.disk().executor().close();
    vertx.exceptionHandler(null);

    assertThat(uncaught).isEmpty();
    TestHistory next = open(10);
    assertThat(next.find("b").record().state()).isEqualTo(RunState.PASSED);
    assertThat(next.find("a").record().state()).isEqualTo(RunState.LOST);
    assertThat(next.read(next.find("a"), 0)).isNotEmpty();
  }

  @Test
  void nothingIsQueuedBehindTheLastThatAHistoryDoesWhichNobodyWouldAnswer() throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("a");
    RunLog log = history.find("a");
    awaitOnDisk(history, log);
    CountDownLatch held = history.disk().hold();
    Future<Void> closed = history.disk().on(history.get()::close);
    assertThat(history.disk().on(() -> log.journal().read(0).isComplete())).isTrue();
    held.countDown();
    history.disk().later(() -> closed);
    history.disk().executor().close();
  }

  private static Void append(TestHistory history, RunLog log, long from, long to) {
    for (long seq = from; seq < to; seq++) {
      history.append(log, Entries.output(seq, 16 * 1024));
    }
    return null;
  }

  private TestHistory open(int limit) throws Exception {
    return new TestHistory(vertx, Optional.of(folder), limit);
  }

  /** All that it has printed is in its file, and nothing in memory. */
  private static void awaitOnDisk(TestHistory history, RunLog log) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (history.disk().on(() -> log.journal().read(0).isComplete())) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }
}
