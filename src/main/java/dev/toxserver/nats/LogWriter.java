package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Writes a placement's log, one message after the other: while one is under way, the events that
 * come are collected for the next. So nothing is missing and nothing comes twice, and who writes
 * the next message first, this or a hub that has given the runner up, has decided. What is not
 * acknowledged is bounded by the run's window. Belongs to its link's context.
 */
public final class LogWriter {
  /** A server takes 1 MiB by default, headers and all, and ends a connection that sends more. */
  private static final int MESSAGE_BYTES = 256 * 1024;

  private final NatsSubjects.Log log;
  private final FirstWriter writer;
  private final LongConsumer onStored;
  private final Runnable onFenced;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private long index;
  private long nextSeq;
  private boolean writing;
  private boolean closed;

  /**
   * An empty log.
   *
   * @param by the runner's session
   * @param nextSeq the number of the first event that will come
   * @param onStored is given the number of each last event that is kept
   * @param onFull is called whenever the stream has no room; the events wait
   * @param onFenced is called once, when somebody else has ended the log
   */
  public LogWriter(
      NatsLink link,
      NatsSubjects.Log log,
      String by,
      long nextSeq,
      LongConsumer onStored,
      Runnable onFull,
      Runnable onFenced) {
    this.log = log;
    this.writer = new FirstWriter(link, NatsSubjects.OUTPUT_STREAM, by, onFull);
    this.nextSeq = nextSeq;
    this.onStored = onStored;
    this.onFenced = onFenced;
  }

  /** Keeps the run's next event. */
  public void add(Buffer frame) {
    waiting.add(frame);
    write();
  }

  /** The number of the message that will come next, when all that was added is kept. */
  public long index() {
    return index;
  }

  /** Whether all that was added is kept. */
  public boolean isAllStored() {
    return !writing && waiting.isEmpty();
  }

  /** Writes nothing more. */
  public void close() {
    closed = true;
    writer.close();
    waiting.clear();
  }

  private void write() {
    if (closed || writing || waiting.isEmpty()) {
      return;
    }
    writing = true;
    Buffer frames = waiting.poll().copy();
    long next = nextSeq + 1;
    while (!waiting.isEmpty() && frames.length() + waiting.peek().length() <= MESSAGE_BYTES) {
      frames.appendBuffer(waiting.poll());
      next++;
    }
    long last = next - 1;
    LogMessage message = new LogMessage(nextSeq, next, false, frames);
    nextSeq = next;
    writer
        .create(message.toStored(log, index))
        .onSuccess(others -> others.ifPresentOrElse(other -> fenced(), () -> stored(last)));
  }

  private void stored(long last) {
    writing = false;
    index++;
    if (!closed) {
      onStored.accept(last);
      write();
    }
  }

  private void fenced() {
    close();
    onFenced.run();
  }
}
