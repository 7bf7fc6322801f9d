package dev.toxserver.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Processes that end when a test says so, and a record of the signals that they got. */
final class ScriptedSurvivors extends Survivors {
  /** No process has it, should a signal be sent in earnest. */
  private static final long NOBODY = Integer.MAX_VALUE;

  final List<String> signals = new CopyOnWriteArrayList<>();
  final AtomicInteger looks = new AtomicInteger();
  volatile boolean alive = true;
  volatile String endsBy = "";

  /** Whether each look at them fails. */
  volatile boolean hidden;

  ScriptedSurvivors(Guardian guardian) {
    super(NOBODY, false, Mark.random(), guardian);
  }

  @Override
  Void interrupt() {
    return signal("INT");
  }

  @Override
  Void terminate() {
    return signal("TERM");
  }

  @Override
  boolean kill() {
    boolean any = anyLeft();
    signal("KILL");
    return any;
  }

  @Override
  boolean anyLeft() {
    looks.incrementAndGet();
    if (hidden) {
      throw new UncheckedIOException(new IOException("no descriptor is free"));
    }
    return alive;
  }

  private Void signal(String name) {
    signals.add(name);
    if (name.equals(endsBy)) {
      alive = false;
    }
    return null;
  }
}
