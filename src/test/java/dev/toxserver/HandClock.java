package dev.toxserver;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A Vert.x whose timers go off when a test says so. All else is passed on to a real one. */
public final class HandClock {
  private final Vertx real;
  private final List<Timer> timers = new ArrayList<>();
  private long now;
  private long lastId;

  private record Timer(long id, long due, Handler<Long> handler) {}

  private final Vertx vertx =
      (Vertx)
          Proxy.newProxyInstance(
              HandClock.class.getClassLoader(), new Class<?>[] {Vertx.class}, this::call);

  /** Timers alone: to ask it for anything else is an error. */
  public HandClock() {
    this(null);
  }

  /** Timers by hand, and all else by the real one. */
  public HandClock(Vertx real) {
    this.real = real;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Lets so much time pass, with all timers that are due in it, in their order. */
  public synchronized void advance(long millis) {
    long end = now + millis;
    while (true) {
      Timer next =
          timers.stream()
              .min(Comparator.comparingLong(Timer::due))
              .orElse(new Timer(0, end + 1, null));
      if (next.due > end) {
        now = end;
        return;
      }
      now = next.due;
      timers.remove(next);
      next.handler.handle(next.id);
    }
  }

  /** How many timers are set. */
  public synchronized int timers() {
    return timers.size();
  }

  /** In how many milliseconds the next timer goes off. */
  public synchronized long untilNext() {
    return timers.stream().mapToLong(Timer::due).min().orElseThrow() - now;
  }

  @SuppressWarnings("unchecked")
  private synchronized Object call(Object proxy, Method method, Object[] args) throws Throwable {
    switch (method.getName()) {
      case "setTimer":
        timers.add(new Timer(++lastId, now + (long) args[0], (Handler<Long>) args[1]));
        return lastId;
      case "cancelTimer":
        return timers.removeIf(timer -> timer.id == (long) args[0]);
      default:
        try {
          return method.invoke(real, args);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
    }
  }
}
