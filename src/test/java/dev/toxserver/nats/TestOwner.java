package dev.toxserver.nats;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Notes what becomes of a log. */
record TestOwner(AtomicLong keptUpTo, AtomicBoolean isFenced) implements LogWriter.Owner {
  @Override
  public void stored(long seq) {
    keptUpTo.set(seq);
  }

  @Override
  public void full() {}

  @Override
  public void fenced() {
    isFenced.set(true);
  }
}
