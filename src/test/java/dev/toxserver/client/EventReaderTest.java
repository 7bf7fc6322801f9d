package dev.toxserver.client;

import static dev.toxserver.client.Scene.ATTACH;
import static dev.toxserver.client.Scene.LOGS;
import static dev.toxserver.client.Scene.RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A run's events: each is shown once, in its order, as fast as the terminal takes them. */
class EventReaderTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A terminal that takes nothing until it is released. */
  private static final class Stuck extends OutputStream {
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void write(int each) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      write(0);
    }
  }

  @Test
  void eachStreamGoesWhereItBelongs() {
    Scene scene = talking(RUN);
    scene.output(0, "out");
    scene.exchange.output(
        new OutputFrame(Scene.ID, new RunEvent.Output(1, Stream.STDERR, "err".getBytes(UTF_8))));
    assertThat(scene.told()).isEqualTo("err");
    assertThat(out).hasToString("out");
  }

  @Test
  void aMissingEventIsNeverPassedOver() {
    Scene scene = talking(RUN);
    scene.output(0, "one");
    scene.output(2, "three");
    assertThat(scene.outcome())
        .isEqualTo(
            new Outcome.Failed(
                "the server broke the protocol: seq: event 1 of the run is missing, 2 came"));
    scene.told();
    assertThat(out).hasToString("one");
  }

  @Test
  void anEventThatComesTwiceIsNotShownTwice() {
    Scene scene = talking(RUN);
    scene.output(0, "one");
    scene.output(0, "one");
    assertThat(scene.outcome()).isInstanceOf(Outcome.Failed.class);
    scene.told();
    assertThat(out).hasToString("one");
  }

  @Test
  void fromNowOnBeginsWithTheEventThatTheServerNames() {
    Scene scene = fromNow();
    scene.accept("running", 5);
    scene.output(4, "before");
    assertThat(scene.outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void fromNowOnBeginsWithTheFirstEventIfThatComesBeforeTheAnswer() {
    Scene scene = fromNow();
    scene.output(4, "first");
    scene.accept("running", 5);
    scene.output(5, "second");
    assertThat(scene.outcome()).isNull();
    scene.told();
    assertThat(out).hasToString("firstsecond");
  }

  @Test
  void aHoleIsToldAndPassedOver() throws Exception {
    Scene scene = talking(ATTACH);
    hole(scene, 0, 7, null);
    scene.output(7, "late");
    scene.exit(8, 0);
    scene.runTask();
    assertThat(scene.told())
        .isEqualTo(
            "tox-server: some output is missing here: the server keeps only the last part of a long one\n");
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(
            Outcome.Exited.class, how -> assertThat(how.incomplete()).isFalse());
  }

  @Test
  void aHoleThatNeedNotBeMakesTheOutputIncomplete() throws Exception {
    Scene scene = talking(ATTACH);
    hole(scene, 0, 7, "the disk is full");
    hole(scene, 7, 8, null);
    scene.exit(8, 0);
    scene.runTask();
    assertThat(scene.told()).contains("missing here: the disk is full\n");
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(Outcome.Exited.class, how -> assertThat(how.incomplete()).isTrue());
  }

  @Test
  void aHoleWhereEventsHaveBeenIsAnError() {
    Scene scene = talking(ATTACH);
    scene.output(0, "one");
    scene.output(1, "two");
    hole(scene, 0, 2, null);
    assertThat(scene.outcome()).isNull();
    hole(scene, 0, 1, null);
    assertThat(scene.outcome())
        .isEqualTo(
            new Outcome.Failed(
                "the server broke the protocol: to: event 1 of the run was there already"));
  }

  @Test
  void aHoleMayComeFirstOfAll() {
    Scene scene = fromNow();
    hole(scene, 0, 3, null);
    scene.output(3, "three");
    assertThat(scene.outcome()).isNull();
  }

  @Test
  void aNoticeIsToldAndAHeartbeatIsNot() {
    Scene scene = talking(RUN);
    scene.event(new JsonObject().put("type", "notice").put("message", "careful"));
    scene.event(new JsonObject().put("type", "heartbeat").put("state", "STARTED"));
    assertThat(scene.told()).isEqualTo("tox-server: careful\n");
  }

  @Test
  void aRunWhoseServerDiedHasNoKnownResult() throws Exception {
    Scene followed = talking(ATTACH);
    end(followed, "lost");
    assertThat(followed.outcome())
        .isEqualTo(
            new Outcome.Failed("the run's result is unknown: the server died during the run"));
    Scene logs = talking(LOGS);
    end(logs, "lost");
    assertThat(logs.outcome())
        .isEqualTo(
            new Outcome.Failed(
                "the server died during the run; the last of its output may be missing"));
  }

  @Test
  void theEndOfWhatIsThereIsTheEndOfLogsButNoResult() throws Exception {
    Scene followed = talking(ATTACH);
    end(followed, "end");
    assertThat(followed.outcome())
        .isEqualTo(
            new Outcome.Failed("the run's result is unknown: the server tells no more of it"));
    Scene logs = talking(LOGS);
    end(logs, "end");
    assertThat(logs.outcome()).isEqualTo(new Outcome.Shown(false));
  }

  @Test
  void aPlaceInTheQueueIsTold() {
    Scene scene = talking(RUN);
    queued(scene);
    scene.clock.advance(2_000);
    assertThat(scene.told()).isEqualTo("Command run is queued: next in line\n");
  }

  @Test
  void aPlaceInTheQueueIsForgottenWithTheFirstOtherEvent() {
    Scene scene = talking(RUN);
    queued(scene);
    scene.event(
        new JsonObject()
            .put("seq", 1)
            .put("type", "started")
            .put("pid", 7)
            .put("command", new JsonArray().add("tox")));
    scene.clock.advance(2_000);
    assertThat(scene.told()).isEmpty();
    assertThat(scene.outcome()).isNull();
  }

  @Test
  void aTerminalThatTakesNothingPausesTheLinkUntilItHasTakenHalf() throws Exception {
    Stuck stuck = new Stuck();
    Scene scene = new Scene(RUN, stuck);
    scene.exchange.connected();
    scene.accept("running", 0);
    scene.link.calls();
    scene.output(0, "x".repeat(StandardStream.FULL_BYTES - 1));
    assertThat(scene.link.calls()).isEmpty();
    scene.output(1, "x");
    assertThat(scene.link.calls()).containsExactly("pause");
    stuck.released.countDown();
    scene.runTask();
    assertThat(scene.link.calls()).containsExactly("resume");
  }

  private Scene fromNow() {
    Scene scene = new Scene(new Request.Attach(RunId.LAST, Optional.empty(), true), out);
    scene.exchange.connected();
    return scene;
  }

  private Scene talking(Request request) {
    Scene scene = new Scene(request, out);
    scene.exchange.connected();
    scene.accept("running", 0);
    return scene;
  }

  private static void queued(Scene scene) {
    scene.event(new JsonObject().put("seq", 0).put("type", "queued").put("position", 1));
  }

  private static void hole(Scene scene, long from, long to, String reason) {
    JsonObject hole = new JsonObject().put("type", "hole").put("from", from).put("to", to);
    if (reason != null) {
      hole.put("reason", reason);
    }
    scene.event(hole);
  }

  private static void end(Scene scene, String type) throws InterruptedException {
    scene.event(new JsonObject().put("type", type));
    scene.runTask();
  }
}
