package dev.toxserver.server.delivery;

import static dev.toxserver.server.delivery.OneRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.OnContext;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.FakeWire;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Readers that come and go, on a wire that does what the test says. */
@ExtendWith(VertxExtension.class)
class AttachmentsTest {
  private static final RunId ID = OneRun.ID;
  private static final JsonObject HEARTBEAT = RunEventJson.encode(RunEvent.Heartbeat.STARTED);
  private static final Buffer FRAME = Frames.event(ID, HEARTBEAT);

  @TempDir private Path folder;
  private final Connections connections = new Connections();
  private final FakeWire wire = new FakeWire();
  private final Connection connection = wire.connectTo(connections);
  private Context context;

  /** The history's own. */
  private WorkerExecutor disk;

  private OutputFlow flow;
  private Attachments attachments;

  /** How often nobody read any more. */
  private int idle;

  @BeforeEach
  void begin(Vertx vertx) throws Exception {
    context = vertx.getOrCreateContext();
    History history = new History(vertx, Optional.of(folder.resolve("state")), 64_000_000, 10);
    disk =
        vertx.createSharedWorkerExecutor("tox-server-disk-" + System.identityHashCode(history), 1);
    history.open().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    RunLog log =
        on(
            () ->
                history.begin(
                    RunRecord.accepted(
                        new Request.Run(ID, List.of(), Optional.empty()), Optional.empty()),
                    trouble -> {}));
    Requester requester = new Requester(ID, Optional.empty(), true);
    flow =
        new OutputFlow(
            vertx, log, requester, PATIENCE, connections, new TestOwner(seq -> {}, exit -> {}));
    attachments = new Attachments(vertx, PATIENCE, new Alone(flow), () -> idle++);
  }

  @Test
  void thousandsThatComeAndGoLeaveNothingBehind() throws Exception {
    on(
        () -> {
          for (int n = 0; n < 1_000; n++) {
            attach(false).begin();
          }
          assertThat(connection.closeListeners()).isZero();
          assertThat(connection.subscriptions().size()).isZero();
          assertThat(flow.followers()).isZero();
          assertThat(attachments.isIdle()).isTrue();
          return null;
        });
  }

  @Test
  void whoIsGoneBeforeItWasAnsweredLeavesNothingBehind() throws Exception {
    on(
        () -> {
          Follower follower = attach(true);
          wire.close();
          follower.begin();
          assertThat(flow.followers()).isZero();
          assertThat(attachments.isIdle()).isTrue();
          assertThat(wire.bodies()).isEmpty();
          return null;
        });
  }

  @Test
  void whoseAttachIsUnderWayCountsAsAReaderUntilItFails() throws Exception {
    on(
        () -> {
          Promise<Void> ready = Promise.promise();
          attachments.whileComing(ready::future);
          assertThat(attachments.isIdle()).isFalse();
          assertThat(idle).isZero();
          ready.fail("forgotten");
          assertThat(attachments.isIdle()).isTrue();
          assertThat(idle).isOne();
          return null;
        });
  }

  @Test
  void whoseAttachIsUnderWayCountsAsAReaderUntilItReads() throws Exception {
    on(
        () -> {
          Promise<Void> ready = Promise.promise();
          attachments.whileComing(() -> ready.future().map(known -> attach(true)));
          ready.complete();
          assertThat(attachments.isIdle()).isFalse();
          assertThat(idle).isZero();
          return null;
        });
  }

  @Test
  void anAttachThatCanNotBeginDoesNotCount() throws Exception {
    on(
        () -> {
          assertThatThrownBy(
                  () ->
                      attachments.whileComing(
                          () -> {
                            throw new IllegalStateException();
                          }))
              .isInstanceOf(IllegalStateException.class);
          assertThat(attachments.isIdle()).isTrue();
          return null;
        });
  }

  @Test
  void howManyEventsThereAreIsNotAskedBeforeTheJournalIsReady() throws Exception {
    on(
        () -> {
          Request.Attach later = new Request.Attach(ID, Optional.of(1L), true);
          attachments.check(later, connection, false);
          assertThatThrownBy(() -> attachments.check(later, connection, true))
              .hasMessage("from: the run has had no more than 0 events");
          return null;
        });
  }

  @Test
  void nothingComesBeforeTheAnswer() throws Exception {
    on(
        () -> {
          Follower follower = attach(true);
          append(0, 1, 10);
          follower.wake();
          follower.tell(HEARTBEAT, FRAME);
          assertThat(wire.bodies()).isEmpty();
          follower.begin();
          assertThat(seqs()).containsExactly(0L);
          return null;
        });
  }

  @Test
  void heartbeatsDoNotPileUpWhereNothingIsTaken() throws Exception {
    on(
        () -> {
          Follower follower = attach(true);
          follower.begin();
          follower.tell(HEARTBEAT, FRAME);
          wire.fill();
          follower.tell(HEARTBEAT, FRAME);
          assertThat(wire.bodies()).hasSize(1);
          return null;
        });
  }

  @Test
  void thatTheServerLeavesIsToldThoughNothingIsTakenForItIsSaidOnce() throws Exception {
    on(
        () -> {
          Follower follower = attach(true);
          follower.begin();
          wire.fill();
          JsonObject leaving = RunEventJson.encode(new RunEvent.Leaving());
          follower.tell(leaving, Frames.event(ID, leaving));
          assertThat(wire.bodies()).containsExactly(leaving);
          return null;
        });
  }

  @Test
  void theNewestEventGoesStraightToWhoHasTakenAllBeforeIt() throws Exception {
    on(
        () -> {
          Follower follower = attach(true);
          follower.begin();
          offer(follower, 0);
          offer(follower, 1);
          assertThat(seqs()).containsExactly(0L, 1L);
          wire.fill();
          offer(follower, 2);
          offer(follower, 3);
          assertThat(seqs()).containsExactly(0L, 1L);
          wire.drain();
          offer(follower, 4);
          assertThat(seqs()).containsExactly(0L, 1L, 2L, 3L, 4L);
          return null;
        });
  }

  @Test
  void whatIsOfferedBeforeTheAnswerComesAfterIt() throws Exception {
    on(
        () -> {
          Follower follower = attach(true);
          offer(follower, 0);
          assertThat(wire.bodies()).isEmpty();
          follower.begin();
          offer(follower, 1);
          assertThat(seqs()).containsExactly(0L, 1L);
          return null;
        });
  }

  @Test
  void whatWasReadForASocketThatIsFullMeanwhileIsReadAgainAndNotPiledUp() throws Exception {
    on(() -> append(0, 100, 16 * 1024));
    // Else the first would still be in memory.
    while (on(() -> flow.log().journal().read(0).isComplete())) {
      Thread.onSpinWait();
    }
    CountDownLatch held = new CountDownLatch(1);
    disk.executeBlocking(() -> held.await(30, TimeUnit.SECONDS), false);
    on(
        () -> {
          attach(true).begin();
          wire.fill();
          return null;
        });
    held.countDown();
    // Behind it on the one thread that reads.
    read();
    assertThat(on(wire::bodies)).isEmpty();
    on(
        () -> {
          wire.drain();
          return null;
        });
    while (on(wire::bodies).size() < 100) {
      read();
    }
    assertThat(on(this::seqs)).isEqualTo(LongStream.range(0, 100).boxed().toList());
  }

  private record Alone(OutputFlow flow) implements KnownRuns {
    @Override
    public RunLog find(RunId id) {
      return flow.log();
    }

    @Override
    public RunLog newestRound(RunId id) {
      return find(id);
    }

    @Override
    public Optional<OutputFlow> flowOf(RunId id) {
      return Optional.of(flow);
    }
  }

  private Follower attach(boolean follow) {
    return attachments.attach(new Request.Attach(ID, Optional.of(0L), follow), connection);
  }

  private Void append(long from, long to, int bytes) {
    for (long seq = from; seq < to; seq++) {
      flow.log().journal().append(output(seq, bytes));
    }
    return null;
  }

  private void offer(Follower follower, long seq) {
    append(seq, seq + 1, 10);
    follower.offer(seq, output(seq, 10), Frames.event(ID, output(seq, 10)));
  }

  private static JsonObject output(long seq, int bytes) {
    return RunEventJson.encode(new RunEvent.Output(seq, Stream.STDOUT, new byte[bytes]));
  }

  private void read() throws Exception {
    CompletableFuture<Object> read = new CompletableFuture<>();
    on(() -> flow.log().journal().read(0).onComplete(done -> read.complete(null)));
    read.get(30, TimeUnit.SECONDS);
  }

  private List<Long> seqs() {
    return wire.bodies().stream().map(body -> body.getLong("seq")).toList();
  }

  private <T> T on(Callable<T> action) throws Exception {
    return OnContext.call(context, action);
  }
}
