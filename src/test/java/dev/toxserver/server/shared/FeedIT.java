package dev.toxserver.server.shared;

import static dev.toxserver.server.shared.TestRun.exit;
import static dev.toxserver.server.shared.TestRun.placement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.LogScene;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedIT {
  private static final Placement PLACEMENT = placement("p1", 0);
  private static final int ANY_WINDOW = 64 * 1024 * 1024;

  @TempDir static Path folder;
  private static LogScene scene;

  private final List<JsonObject> fed = new CopyOnWriteArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();
  private TestRun run;
  private Feed feed;

  @BeforeAll
  static void startServers() throws Exception {
    scene = new LogScene(folder, 1);
  }

  @AfterAll
  static void closeServers() throws Exception {
    scene.close();
  }

  @BeforeEach
  void beginARun() {
    run = new TestRun(scene);
  }

  @AfterEach
  void close() throws Exception {
    scene.run(feed::close);
  }

  @Test
  void whatComesIsToldOnceAndInOrderUpToTheEnd() throws Exception {
    feed(0, ANY_WINDOW);
    run.end(PLACEMENT, run.write(PLACEMENT, 60), 60, exit(60));

    await().until(() -> ends.get() == 1);
    List<JsonObject> all = outputs(0, 60);
    all.add(RunEventJson.encode(exit(60)));
    assertThat(fed).isEqualTo(all);
  }

  @Test
  void whoComesLateIsToldFromTheEventOnThatIsWanted() throws Exception {
    run.end(PLACEMENT, run.write(PLACEMENT, 60), 60);
    feed(47, ANY_WINDOW);

    await().until(() -> ends.get() == 1);
    assertThat(fed).isEqualTo(outputs(47, 60));
  }

  @Test
  void itGoesNoFurtherAheadThanAWindowAndAMessage() throws Exception {
    run.end(PLACEMENT, run.write(PLACEMENT, 150), 150);
    int window = 300 * 1024;
    feed(0, window);
    int most = (2 * window + 256 * 1024) / 4 * 3 / TestRun.OUTPUT_BYTES;

    int taken = 0;
    while (taken < 150) {
      int before = taken;
      await().until(() -> fed.size() > before);
      scene.result(() -> new SharedJournal(scene.hub, run.id()).ready());
      int now = fed.size();
      assertThat(now - before).isLessThanOrEqualTo(most);
      scene.run(() -> feed.taken(now - 1));
      taken = now;
    }
    assertThat(fed).isEqualTo(outputs(0, 150));
    await().until(() -> ends.get() == 1);
  }

  @Test
  void whatIsTakenAsSoonAsItIsToldHoldsNothingUp() throws Exception {
    scene.run(
        () -> {
          feed =
              new Feed(
                  scene.hub, run.id(), PLACEMENT, 0, 1, this::takeAtOnce, ends::incrementAndGet);
          feed.start();
        });
    run.end(PLACEMENT, run.write(PLACEMENT, 60), 60);

    await().until(() -> ends.get() == 1);
    assertThat(fed).isEqualTo(outputs(0, 60));
  }

  private void takeAtOnce(JsonObject event) {
    fed.add(event);
    feed.taken(event.getLong("seq"));
  }

  @Test
  void ofALogThatIsGoneOnlyTheEndIsTold() throws Exception {
    run.end(PLACEMENT, run.write(PLACEMENT, 30), 30, exit(30));
    scene.purge(PLACEMENT.log(run.id()));
    feed(12, ANY_WINDOW);
    scene.run(feed::hasEnded);

    await().atMost(Duration.ofSeconds(30)).until(() -> ends.get() == 1);
    assertThat(fed).isEmpty();
  }

  @Test
  void noticesAreToldAndHeartbeatsAreNot() throws Exception {
    feed(0, ANY_WINDOW);
    RunEvent.Notice notice = new RunEvent.Notice("the store is full");

    // What is told before the server knows that somebody listens is missed.
    await()
        .until(
            () -> {
              note(RunEvent.Heartbeat.STARTED);
              note(notice);
              return !fed.isEmpty();
            });
    assertThat(fed).containsOnly(RunEventJson.encode(notice));
  }

  private void note(RunEvent event) throws Exception {
    String subject = NatsSubjects.note(PLACEMENT.runner(), run.id());
    scene.run(
        () -> scene.runner.publish(Stored.of(subject, RunEventJson.encode(event).toBuffer())));
  }

  private void feed(long from, int window) throws Exception {
    scene.run(
        () -> {
          feed =
              new Feed(
                  scene.hub, run.id(), PLACEMENT, from, window, fed::add, ends::incrementAndGet);
          feed.start();
        });
  }

  private static List<JsonObject> outputs(long from, long to) {
    return new ArrayList<>(LongStream.range(from, to).mapToObj(TestRun::output).toList());
  }
}
