package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next server finds of runs whose files are not as they were written. */
@ExtendWith(VertxExtension.class)
class DamagedHistoryTest {
  private static final Logger LOG = Logger.getLogger(Archive.class.getName());
  private final Queue<LogRecord> damaged = new ConcurrentLinkedQueue<>();
  @TempDir private Path folder;
  private Vertx vertx;

  @BeforeEach
  void listen(Vertx its) {
    vertx = its;
    LOG.setLevel(Level.WARNING);
    LOG.setFilter(each -> each.getLevel() != Level.WARNING || !damaged.add(each));
  }

  @AfterEach
  void stopListening() {
    LOG.setFilter(null);
    LOG.setLevel(null);
  }

  @Test
  void aRunWhoseOutputIsGoneHasItsExitAllTheSameOrAReaderWouldWaitForEver() throws Exception {
    TestHistory history = open(10);
    RunLog log = history.begin("a");
    history.end(log, 7);
    history.close();
    Files.delete(folder.resolve("a").resolve("output.%019d".formatted(0)));

    TestHistory next = open(10);
    RunLog found = next.find("a");
    assertThat(next.read(found, 0))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.encode())
                    .isEqualTo(
                        "{\"seq\":1,\"type\":\"exit\",\"returncode\":7,\"cancelled\":false}"));
    assertThat(found.journal().whyMissingBefore(1)).hasValue("what was kept can't be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkfifo %s",
        "mkdir %s",
        "ln -s /dev/zero %s",
        "truncate -s 3G %s",
        "head -c 2000000 /dev/zero | tr '\\0' '[' >%s",
        "printf '{\"id\":\"a\"}' >%s",
        "true %s"
      })
  @Timeout(30)
  void aRecordThatIsDamagedIsToldOfAndDoesNotHideTheOthers(String command) throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("a", "b");
    history.close();
    Files.delete(folder.resolve("a/run.json"));
    Files.delete(folder.resolve("a/run.json.old"));
    sh(command.formatted(folder.resolve("a/run.json")));
    damaged.clear();
    TestHistory next = open(10);
    assertThat(next.newestFirst()).containsExactly("b");
    assertThat(damaged)
        .singleElement()
        .satisfies(each -> assertThat(each.getParameters()[0]).hasToString("a"));
    // Its id can be used again, and what is left of it does not get in the way.
    next.end(next.begin("a"), 3);
    next.close();
    TestHistory last = open(10);
    assertThat(last.find("a").record().returncode()).hasValue(3);
    assertThat(last.read(last.find("a"), 0)).hasSize(2);
  }

  @Test
  void aSpoolInWhichNothingIsAsItWasStillEndsWithTheExit() throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("a");
    history.close();
    Files.delete(folder.resolve("a").resolve("output.%019d".formatted(0)));
    sh("mkfifo " + folder.resolve("a").resolve("output.0999999999999999999"));
    TestHistory next = open(10);
    RunLog found = next.find("a");
    assertThat(found.journal().firstSeq()).isLessThan(2);
    assertThat(next.read(found, 0))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("type")).isEqualTo("exit"));
  }

  @Test
  void aDamagedRunIsListedAndDoesNotHideTheOthers() throws Exception {
    TestHistory history = open(10);
    history.beginAndEnd("a", "b");
    history.close();
    Files.write(
        folder.resolve("a").resolve("output.%019d".formatted(0)),
        new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    TestHistory next = open(10);
    assertThat(next.newestFirst()).containsExactlyInAnyOrder("b", "a");
    assertThat(next.read(next.find("b"), 0)).hasSize(2);
    assertThat(next.read(next.find("a"), 0)).hasSize(1);
  }

  private static void sh(String command) throws Exception {
    assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor()).isZero();
  }

  private TestHistory open(int limit) throws Exception {
    return new TestHistory(vertx, Optional.of(folder), limit);
  }
}
