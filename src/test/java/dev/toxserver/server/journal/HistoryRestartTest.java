package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunState;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the next server finds, and what becomes of a history that nothing can be written to. */
@ExtendWith(VertxExtension.class)
class HistoryRestartTest {
  private static final Logger LOG = Logger.getLogger(DiskStore.class.getName());
  private final Queue<LogRecord> warnings = new ConcurrentLinkedQueue<>();
  @TempDir private Path temporary;
  private Path folder;
  private Vertx vertx;

  @BeforeEach
  void choose(Vertx its) {
    vertx = its;
    folder = temporary.resolve("state");
  }

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.WARNING);
    LOG.setFilter(each -> each.getLevel() != Level.WARNING || !warnings.add(each));
  }

  @AfterEach
  void stopListening() {
    LOG.setFilter(null);
    LOG.setLevel(null);
  }

  @Test
  void theNextServerFindsWhatHasEndedAndCallsTheOthersLost() throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("ended");
    RunLog running = history.begin("running");
    history
        .disk()
        .on(
            () -> {
              history.get().update(running, running.record().startedOn(Optional.empty()));
              return null;
            });
    history.begin("queued");
    history.close();

    TestHistory next = open(10);
    assertThat(next.newestFirst()).containsExactlyInAnyOrder("queued", "running", "ended");
    assertThat(next.find("running").record().state()).isEqualTo(RunState.LOST);
    assertThat(next.find("queued").record().state()).isEqualTo(RunState.LOST);
    RunLog ended = next.find("ended");
    assertThat(ended.record().state()).isEqualTo(RunState.PASSED);
    assertThat(ended.journal().nextSeq()).isEqualTo(2);
    assertThat(next.read(ended, 1).get(0).getString("type")).isEqualTo("exit");
  }

  @Test
  void ofMoreThanItMayKeepTheNextServerForgetsTheOldest() throws Exception {
    TestHistory history = open(10);
    history.begin("lost");
    history.beginAndEnd("a", "b");
    history.close();
    TestHistory next = open(1);
    assertThat(next.newestFirst()).hasSize(1);
    next.close();
    try (var left = Files.newDirectoryStream(folder, Files::isDirectory)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aRunWhoseExitIsTheLastThatADyingServerWroteHasEnded() throws Exception {
    TestHistory history = open(10);
    RunLog log = history.begin("a");
    history.disk().on(() -> append(history, log, Entries.output(0, 100)));
    history.disk().on(() -> append(history, log, new RunEvent.Exit(1, 7, false, Optional.empty())));
    history.disk().settle();
    history.disk().executor().close();
    history.close();
    TestHistory next = open(10);
    assertThat(next.find("a").record().returncode()).hasValue(7);
    assertThat(next.read(next.find("a"), 0)).hasSize(2);
  }

  @Test
  void whatADyingServerLeftIsLookedThroughOnce() throws Exception {
    TestHistory history = open(10);
    RunLog log = history.begin("a");
    history.disk().on(() -> append(history, log, Entries.output(0, 100)));
    history.disk().settle();
    history.close();
    open(10).close();
    Files.delete(folder.resolve("a").resolve("output.%019d".formatted(0)));
    TestHistory next = open(10);
    assertThat(next.find("a").record().state()).isEqualTo(RunState.LOST);
    assertThat(next.find("a").journal().nextSeq()).isEqualTo(1);
  }

  @Test
  void whatIsMissingIsRememberedWithTheReason() throws Exception {
    TestHistory history = open(10);
    RunLog log = history.begin("a");
    history.disk().settle();
    Files.createDirectories(
        folder.resolve("a").resolve("output.%019d".formatted(0)).resolve("in-the-way"));
    history.end(log, 0);
    history.close();
    TestHistory next = open(10);
    RunLog found = next.find("a");
    assertThat(found.record().state()).isEqualTo(RunState.PASSED);
    assertThat(next.read(found, 0)).hasSize(1);
    assertThat(found.journal().whyMissingBefore(1))
        .hasValueSatisfying(why -> assertThat(why).startsWith("it could not be kept: "));
  }

  @Test
  void theLongestArgumentsThereCanBeAreNotTooLongForARecord() throws Exception {
    List<String> args = List.of("\u0001".repeat(128 * 1024));
    TestHistory history = open(10);
    history.end(history.begin("a", args), 0);
    history.close();
    assertThat(open(10).find("a").record().invocation().args()).isEqualTo(args);
  }

  private static Void append(TestHistory history, RunLog log, RunEvent.Sequenced event) {
    history.append(log, event);
    return null;
  }

  @Test
  void whereNothingCanBeWrittenItWarnsOnceAndWorksInMemory() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");
    for (Optional<Path> each :
        List.of(Optional.<Path>empty(), Optional.of(file), Optional.of(file.resolve("state")))) {
      warnings.clear();
      TestHistory history = new TestHistory(vertx, each, 1);
      history.beginAndEnd("a", "b");
      assertThat(history.newestFirst()).containsExactly("b");
      assertThat(history.read(history.find("last"), 0)).hasSize(2);
      history.close();
      assertThat(warnings).hasSize(1);
    }
  }

  @Test
  void aFolderThatBreaksLaterIsWarnedOfOnce() throws Exception {
    TestHistory history = open(10);
    Files.delete(folder.resolve(".lock"));
    Files.delete(folder);
    history.beginAndEnd("a", "b");
    assertThat(history.newestFirst()).containsExactly("b", "a");
    history.close();
    assertThat(warnings).hasSize(1);
  }

  private TestHistory open(int limit) throws Exception {
    return new TestHistory(vertx, Optional.of(folder), limit);
  }
}
