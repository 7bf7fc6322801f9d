package dev.toxserver.config;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One of the process's own standard streams, written by a thread of its own: a blocked terminal or
 * pipe never blocks an event loop.
 *
 * <p>Each write goes out at once and unchanged. The bound is the callers' to keep: whoever writes
 * much looks at {@link #isFull} and then either waits for {@link #onDrained} or drops. Thread-safe;
 * callbacks run on the writing thread and must be short.
 */
public final class StandardStream {
  /** At so many waiting bytes the stream is full. */
  public static final int FULL_BYTES = 256 * 1024;

  private static final Runnable NOTHING = () -> {};
  private static final Consumer<IOException> NOBODY = failure -> {};

  private final OutputStream target;
  private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicReference<Runnable> drained = new AtomicReference<>(NOTHING);
  private final AtomicReference<Consumer<IOException>> onFailure = new AtomicReference<>(NOBODY);
  private volatile IOException failure;

  private record Write(byte[] data, Runnable then) {}

  /** The process's own streams, made when they are first used. */
  private static final class Holder {
    private static final StandardStream OUT =
        new StandardStream("stdout", new FileOutputStream(FileDescriptor.out));
    private static final StandardStream ERR =
        new StandardStream("stderr", new FileOutputStream(FileDescriptor.err));
  }

  /** Writes to a target of the caller's, on a thread that is named after it. */
  public StandardStream(String name, OutputStream target) {
    this.target = target;
    Thread writer = new Thread(this::writeForEver, "tox-server-" + name);
    writer.setDaemon(true);
    writer.start();
  }

  /** This process's standard output. */
  public static StandardStream out() {
    return Holder.OUT;
  }

  /** This process's standard error. */
  public static StandardStream err() {
    return Holder.ERR;
  }

  /** Queues bytes; the array must not be changed afterwards. Dropped once the stream has failed. */
  public void write(byte[] data) {
    waitingBytes.addAndGet(data.length);
    waiting.add(new Write(data, NOTHING));
  }

  /** Queues a line of text. */
  public void writeLine(String line) {
    write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the caller had better wait or drop. */
  public boolean isFull() {
    return waitingBytes.get() >= FULL_BYTES;
  }

  /** Calls back once, when the queue is at most half full; a later call replaces an earlier. */
  public void onDrained(Runnable callback) {
    drained.set(callback);
    callBackIfDrained();
  }

  /** Why the stream can't be written to any more, if it can't: its reader has gone. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Calls back once, when the stream can't be written to any more; a later call replaces an
   * earlier.
   */
  public void onFailure(Consumer<IOException> callback) {
    onFailure.set(callback);
    callBackIfFailed();
  }

  /** Completes when all that was queued until now is written or dropped. */
  public CompletableFuture<Void> flushed() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    afterwards(() -> done.complete(null));
    return done;
  }

  /** Runs a task on the writing thread, behind what was queued until now and before the rest. */
  public void afterwards(Runnable task) {
    waiting.add(new Write(new byte[0], task));
  }

  /**
   * Waits for {@link #flushed}, at most so long; blocks: for the end of a process, not for a loop.
   */
  public void flush(long millis) {
    try {
      flushed().get(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What a blocked reader has not taken by now is lost: nobody is left to tell.
      drained.set(NOTHING);
    }
  }

  private void writeForEver() {
    try {
      while (true) {
        Write write = waiting.take();
        writeOne(write.data());
        waitingBytes.addAndGet(-write.data().length);
        write.then().run();
        callBackIfDrained();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeOne(byte[] data) {
    if (failure != null) {
      return;
    }
    try {
      target.write(data);
      target.flush();
    } catch (IOException e) {
      failure = e;
      callBackIfFailed();
    }
  }

  private void callBackIfFailed() {
    IOException known = failure;
    if (known != null) {
      onFailure.getAndSet(NOBODY).accept(known);
    }
  }

  private void callBackIfDrained() {
    if (waitingBytes.get() <= FULL_BYTES / 2) {
      drained.getAndSet(NOTHING).run();
    }
  }
}
