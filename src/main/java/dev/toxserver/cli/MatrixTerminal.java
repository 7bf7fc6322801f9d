package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What one client of several takes for its terminal: all that it says is handed to the main thread,
 * in its order. At most {@link StandardStream#FULL_BYTES} and a frame are on the way, so that the
 * run waits for whoever shows it, and for nobody else. Thread-safe.
 */
final class MatrixTerminal extends Terminal {
  private static final Runnable NOTHING = () -> {};

  private final Turns turns;
  private final Shown shown;
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicReference<Runnable> drained = new AtomicReference<>(NOTHING);
  private final CompletableFuture<IOException> closed = new CompletableFuture<>();

  /** Who shows it. All calls are on the main thread. */
  interface Shown {
    void accepted();

    /** It waits for its turn; the text tells its place, if that is known. */
    void queued(String place);

    void started(RunEvent.Started event);

    /** The client or the server says a line. */
    void said(String line);

    /** The client says a line in answer to a ^C. */
    default void saidAfterInterrupt(String line) {
      said(line);
    }

    /**
     * Takes some output.
     *
     * @param taken is called once, when it may be followed by more
     */
    void output(Stream stream, byte[] data, Runnable taken);
  }

  MatrixTerminal(Turns turns, Shown shown) {
    super(StandardStream.out(), StandardStream.err(), false, false);
    this.turns = turns;
    this.shown = shown;
  }

  /** Standard output can't be written to any more. */
  void close(IOException failure) {
    closed.complete(failure);
  }

  @Override
  protected void accepted(RunId run) {
    turns.execute(shown::accepted);
  }

  @Override
  protected void started(RunEvent.Started event) {
    turns.execute(() -> shown.started(event));
  }

  @Override
  protected void sayQueued(String place) {
    turns.execute(() -> shown.queued(place));
  }

  @Override
  public void say(String line) {
    turns.execute(() -> shown.said(line));
  }

  @Override
  public void sayAfterInterrupt(String line) {
    turns.execute(() -> shown.saidAfterInterrupt(line));
  }

  @Override
  public void output(Stream stream, byte[] data) {
    underWay.addAndGet(data.length);
    turns.execute(() -> shown.output(stream, data, () -> taken(data.length)));
  }

  @Override
  public boolean isFull(Stream stream) {
    return underWay.get() >= StandardStream.FULL_BYTES;
  }

  @Override
  public void onDrained(Stream stream, Runnable callback) {
    drained.set(callback);
    callBackIfDrained();
  }

  @Override
  public CompletableFuture<Void> flushed() {
    return CompletableFuture.runAsync(NOTHING, turns);
  }

  @Override
  public void onOutputClosed(Consumer<IOException> callback) {
    closed.thenAccept(callback);
  }

  private void taken(int bytes) {
    underWay.addAndGet(-bytes);
    callBackIfDrained();
  }

  private void callBackIfDrained() {
    if (underWay.get() <= StandardStream.FULL_BYTES / 2) {
      drained.getAndSet(NOTHING).run();
    }
  }
}
