package dev.toxserver.runner;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A run's output, from its pipes to its events: read as it comes, on threads of its own, within the
 * run's window, and published on the runner's context, where all but {@link #read} belongs.
 */
final class RunOutput {
  /** How long to wait for the end of streams that something may hold open unseen. */
  private static final long END_OF_STREAMS_MILLIS = 2_000;

  private final Vertx vertx;
  private final Context context;
  private final RunId id;
  private final Window window;
  private final ToLongFunction<PendingOutput.Piece> publisher;

  private final PendingOutput pending = new PendingOutput();
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private final List<OutputReader> readers = new ArrayList<>();
  private final Promise<Void> ended = Promise.promise();
  private int openStreams;
  private boolean begun;

  private record UnderWay(long seq, int cost) {}

  /**
   * The output of a run that has not begun.
   *
   * @param windowBytes how much may be published and not yet acknowledged
   * @param publisher publishes a piece, and says as which event
   */
  RunOutput(Vertx vertx, RunId id, int windowBytes, ToLongFunction<PendingOutput.Piece> publisher) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.id = id;
    this.window = new Window(windowBytes);
    this.publisher = publisher;
  }

  /**
   * Starts to read, on any thread.
   *
   * @throws OutOfMemoryError if there is no thread to be had
   */
  void read(Map<Stream, OutputPipe> pipes) {
    openStreams = pipes.size();
    pipes.forEach(
        (stream, pipe) ->
            readers.add(OutputReader.start(id, stream, pipe, window, this::add, this::end)));
  }

  /** Publishes from now on; the shell at the gate may have said something before. */
  void begin() {
    begun = true;
    publishPending();
  }

  /** Whether some of it has been published, but not acknowledged. */
  boolean isUnderWay() {
    return !underWay.isEmpty();
  }

  /** Everything up to this event has left the server: the program may print more. */
  void acknowledge(long seq) {
    while (!underWay.isEmpty() && underWay.peek().seq() <= seq) {
      window.release(underWay.poll().cost());
    }
  }

  /** Completes when nothing more is published. */
  Future<Void> ended() {
    return ended.future();
  }

  /**
   * The program has ended: what is still in the pipes is published without regard to the window, or
   * a client that does not read would hold up the queue. It is no more than the pipes hold, 64 KiB
   * each on Linux unless the program made them larger. A process that was not found may hold them
   * open and go on writing: that is not read.
   */
  Future<Void> finish() {
    readers.forEach(OutputReader::finish);
    window.open();
    if (!readers.stream().allMatch(OutputReader::knowsWhatIsLeft)) {
      long timer = vertx.setTimer(END_OF_STREAMS_MILLIS, late -> ended.tryComplete());
      ended().onComplete(done -> vertx.cancelTimer(timer));
    }
    return ended();
  }

  /** Whether a stream was left before its end, so that something may still hold it open. */
  boolean wasCutOff() {
    return readers.stream().anyMatch(OutputReader::wasCutOff);
  }

  /** Called by a reader, on its thread. */
  private void add(Stream stream, byte[] data) {
    if (pending.add(new PendingOutput.Piece(stream, data, Window.cost(data)))) {
      context.runOnContext(v -> publishPending());
    }
  }

  private void publishPending() {
    if (begun) {
      pending.take().forEach(this::publish);
    }
  }

  private void publish(PendingOutput.Piece piece) {
    if (!ended.future().isComplete()) {
      underWay.add(new UnderWay(publisher.applyAsLong(piece), piece.cost()));
    }
  }

  /** Called by a reader, on its thread, after its last {@link #add}. */
  private void end(Stream stream) {
    context.runOnContext(
        v -> {
          if (--openStreams == 0) {
            ended.tryComplete();
          }
        });
  }
}
