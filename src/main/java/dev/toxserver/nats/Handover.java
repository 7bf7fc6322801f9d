package dev.toxserver.nats;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What was told to this process and waits for its turn on a context: at most so many bytes. What is
 * beyond them is dropped, as anything is that is told while the connection is away: all who listen
 * find gaps by the numbers of what comes next. Thread-safe.
 */
final class Handover {
  private static final Logger LOG = Logger.getLogger(Handover.class.getName());

  /** What a message costs beside its bytes, roughly: so small ones are bounded too. */
  private static final int OVERHEAD = 512;

  private final Executor context;
  private final long mostBytes;
  private final AtomicLong waiting = new AtomicLong();

  /** Nothing waits yet. */
  Handover(Executor context, long mostBytes) {
    this.context = context;
    this.mostBytes = mostBytes;
  }

  /** Has something of that many bytes taken on the context, if there is room for it. */
  void give(long bytes, Runnable taking) {
    long cost = bytes + OVERHEAD;
    if (waiting.addAndGet(cost) > mostBytes) {
      waiting.addAndGet(-cost);
      LOG.log(Level.FINE, "more is told than can be taken");
      return;
    }
    context.execute(
        () -> {
          waiting.addAndGet(-cost);
          taking.run();
        });
  }
}
