package dev.toxserver.runner;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * What is typed or piped into a run, on its way to the program: taken once, though it be sent
 * twice, and no faster than the program reads.
 *
 * <p>Lives on the runner's context.
 */
final class RunInput {
  /** The server waits for an answer three times as long. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final Vertx vertx;
  private final Context context;
  private final InputBuffer buffer = new InputBuffer();
  private Promise<Long> waiting = Promise.promise();
  private long taken;
  private boolean ended;
  private boolean unread;

  RunInput(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /**
   * Starts the thread that writes it to the program, on any thread.
   *
   * @throws OutOfMemoryError if there is no thread to be had
   */
  void write(RunId id, RunStreams streams) {
    streams
        .input()
        .ifPresent(
            channel ->
                InputWriter.start(
                    id,
                    buffer,
                    channel,
                    streams.terminal().isPresent(),
                    () -> context.runOnContext(v -> written()),
                    () -> context.runOnContext(v -> refuse())));
  }

  /** The program has passed its gate. */
  void begin() {
    buffer.begin();
  }

  /**
   * Takes input, as much as there is room for.
   *
   * @return how far all of it was taken: told as soon as the program has it, or after ten seconds,
   *     or when other input comes; else a {@link ReplyException} with a line for the client
   */
  Future<Long> take(InputRequest input) {
    byte[] data = input.data();
    if (input.offset() > taken) {
      return refuse(ErrorCode.MALFORMED, "offset: only " + taken + " bytes came before");
    }
    int from = (int) Math.min(taken - input.offset(), data.length);
    if (from < data.length && ended) {
      return refuse(ErrorCode.MALFORMED, "data: the end of the input was before it");
    }
    if (from < data.length && unread) {
      return refuse(ErrorCode.NOT_FOUND, "id: the program takes no more input");
    }
    int added = buffer.add(data, from);
    taken += added;
    if (input.end() && from + added == data.length && !ended) {
      ended = true;
      buffer.end();
    }
    return data.length == 0 && !input.end() ? Future.succeededFuture(taken) : whenWritten();
  }

  /** The program takes none, or no more. */
  void refuse() {
    unread = true;
    buffer.discard();
    waiting.tryComplete(taken);
  }

  /** The run has ended. */
  void close() {
    unread = true;
    buffer.discard();
    waiting.tryFail(failure(ErrorCode.NOT_FOUND, "id: the run has ended"));
  }

  private Future<Long> whenWritten() {
    waiting.tryComplete(taken);
    waiting = Promise.promise();
    if (buffer.isEmpty()) {
      return Future.succeededFuture(taken);
    }
    Promise<Long> mine = waiting;
    long timer = vertx.setTimer(PATIENCE_MILLIS, late -> mine.tryComplete(taken));
    return mine.future().onComplete(told -> vertx.cancelTimer(timer));
  }

  private void written() {
    if (buffer.isEmpty()) {
      waiting.tryComplete(taken);
    }
  }

  private static <T> Future<T> refuse(ErrorCode code, String message) {
    return Future.failedFuture(failure(code, message));
  }

  private static ReplyException failure(ErrorCode code, String message) {
    return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code.number(), message);
  }
}
