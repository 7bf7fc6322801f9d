package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Writes a placement's log, one message after the other: while one is under way, the events that
 * come are collected for the next. So nothing is missing and nothing comes twice, and who writes
 * the next message first, this or a hub that has given the runner up, has decided. What is not
 * acknowledged is bounded by the run's window. Belongs to its link's context.
 */
public final class LogWriter {
  /** Events are put together up to here. */
  private static final int MESSAGE_BYTES = 256 * 1024;

  /** So much is not held any longer. */
  private static final int ENOUGH_BYTES = MESSAGE_BYTES / 2;

  private static final long FULL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final NatsLink link;
  private final NatsSubjects.Log log;
  private final FirstWriter writer;
  private final Owner owner;
  private final Spacing spacing = new Spacing();
  private final LogSize size = new LogSize();
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private final Promise<Long> finished = Promise.promise();
  private long kept;
  private int waitingBytes;
  private long index;
  private long nextSeq;
  private long toldFull;
  private long timer = -1;
  private boolean writing;
  private boolean isFull;
  private boolean finishing;
  private boolean closed;

  /** Whose run it is. */
  public interface Owner {
    /** All events up to this number are kept. */
    void stored(long seq);

    /** The stream has no room: the events wait. Told at once, and once a minute for as long. */
    void full();

    /**
     * The log is longer than is to be kept: a hub may delete all before this message. Told only
     * after {@link #keepNewest}.
     */
    default void tooLong(long first) {}

    /** Somebody else has ended the log: nothing more is written. Told once. */
    void fenced();
  }

  /**
   * An empty log.
   *
   * @param by the runner's session
   * @param nextSeq the number of the first event that will come
   */
  public LogWriter(NatsLink link, NatsSubjects.Log log, String by, long nextSeq, Owner owner) {
    this.link = link;
    this.log = log;
    this.writer = new FirstWriter(link, NatsSubjects.OUTPUT_STREAM, by, this::full);
    this.nextSeq = nextSeq;
    this.owner = owner;
  }

  /** Of what is read, the newest so many bytes are enough from now on. */
  public void keepNewest(long bytes) {
    size.keep(bytes);
    trim();
  }

  /** All up to this event is read: it may go when the log is too long. */
  public void read(long seq) {
    size.read(seq);
    trim();
  }

  /** No reader is waited for: all may go when the log is too long. */
  public void readByNobody() {
    read(Long.MAX_VALUE);
  }

  /**
   * Keeps the run's next event.
   *
   * @param frame as clients get it
   * @throws IllegalArgumentException if it has more than {@link LogMessage#MOST_BYTES}
   */
  public void add(Buffer frame) {
    LogMessage.requireRoom(frame);
    waiting.add(frame);
    waitingBytes += frame.length();
    write();
  }

  /**
   * No more events will come; what waits is held no longer.
   *
   * @return the number of the message that would come next, when all that was added is kept; does
   *     not complete if the log is closed before
   */
  public Future<Long> finish() {
    finishing = true;
    write();
    finishIfDone();
    return finished.future();
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
    link.vertx().cancelTimer(timer);
  }

  private void write() {
    if (closed || writing || waiting.isEmpty() || isHeld()) {
      return;
    }
    writing = true;
    spacing.sent(System.nanoTime());
    LogMessage message = collect();
    writer
        .create(message.toStored(log, index))
        .onSuccess(others -> others.ifPresentOrElse(other -> fenced(), () -> stored(message)));
  }

  /** Whether more events may come first, to be one message with these. */
  private boolean isHeld() {
    link.vertx().cancelTimer(timer);
    if (finishing || waitingBytes >= ENOUGH_BYTES) {
      return false;
    }
    long pause = spacing.pauseMillis(index, System.nanoTime());
    if (pause > 0) {
      timer = link.vertx().setTimer(pause, due -> write());
    }
    return pause > 0;
  }

  private LogMessage collect() {
    Buffer frames = waiting.poll().copy();
    long next = nextSeq + 1;
    while (!waiting.isEmpty() && frames.length() + waiting.peek().length() <= MESSAGE_BYTES) {
      frames.appendBuffer(waiting.poll());
      next++;
    }
    LogMessage message = new LogMessage(nextSeq, next, false, frames);
    waitingBytes -= frames.length();
    nextSeq = next;
    return message;
  }

  private void stored(LogMessage message) {
    writing = false;
    isFull = false;
    size.add(index++, message.first(), message.frames().length());
    if (!closed) {
      owner.stored(message.next() - 1);
      trim();
      write();
      finishIfDone();
    }
  }

  private void trim() {
    long first = size.first();
    if (first > kept && !closed) {
      kept = first;
      owner.tooLong(first);
    }
  }

  private void finishIfDone() {
    if (finishing && !closed && isAllStored()) {
      finished.tryComplete(index);
    }
  }

  private void full() {
    long now = System.nanoTime();
    if (!isFull || now - toldFull >= FULL_NANOS) {
      isFull = true;
      toldFull = now;
      owner.full();
    }
  }

  private void fenced() {
    close();
    owner.fenced();
  }
}
