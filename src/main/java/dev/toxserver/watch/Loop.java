package dev.toxserver.watch;

/**
 * One run after another: at once, and after each save. A save during a run makes it stale: it is
 * ended, and when it has ended whole, the next one begins. Never are there two. All calls are on
 * one thread.
 */
public final class Loop {
  /** How runs are begun and ended. */
  public interface Runs {
    /** Begins one; {@link Loop#ended} follows, in any case. */
    void begin(Change cause);

    /** Asks the one under way to end, since it is stale; called once for each. */
    void endStale();
  }

  private final Runs runs;
  private Change next = Change.NONE;
  private boolean due;
  private boolean running;
  private boolean stale;
  private boolean closed;

  /** Begins nothing before {@link #start}. */
  public Loop(Runs runs) {
    this.runs = runs;
  }

  /** Begins the first run, or one that no save has made. */
  public void start() {
    wanted(Change.NONE);
  }

  /** Files were saved. */
  public void saved(Change change) {
    wanted(change);
  }

  /** The run under way has ended, and nothing is left of it. */
  public void ended() {
    running = false;
    if (due && !closed) {
      begin();
    }
  }

  /** Whether a run is under way. */
  public boolean isRunning() {
    return running;
  }

  /** Whether the run under way was asked to end for the sake of the next one. */
  public boolean isStale() {
    return stale;
  }

  /** Begins nothing more. */
  public void close() {
    closed = true;
  }

  private void wanted(Change cause) {
    if (closed) {
      return;
    }
    next = cause;
    due = true;
    if (!running) {
      begin();
    } else if (!stale) {
      stale = true;
      runs.endStale();
    }
  }

  private void begin() {
    Change cause = next;
    next = Change.NONE;
    due = false;
    stale = false;
    running = true;
    runs.begin(cause);
  }
}
