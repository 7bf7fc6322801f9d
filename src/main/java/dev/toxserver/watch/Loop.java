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

    /** Asks the one under way to end, whole; called once for each. */
    void end();
  }

  private final Runs runs;
  private Change next = Change.NONE;
  private boolean due;
  private boolean running;
  private boolean ending;
  private boolean held;
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
    goOn();
  }

  /** Nobody wants the run under way any more; it is followed by none, but for a save. */
  public void cancel() {
    if (running && !ending) {
      ending = true;
      runs.end();
    }
  }

  /** The user is in the middle of something: until {@link #release}, saves are only noted. */
  public void hold() {
    held = true;
  }

  /** The user has done: if anything was saved meanwhile, the next run begins. */
  public void release() {
    held = false;
    goOn();
  }

  /** Whether a run is under way. */
  public boolean isRunning() {
    return running;
  }

  /** Whether the run under way was asked to end here: nobody minds how. */
  public boolean isEnding() {
    return ending;
  }

  /** Begins nothing more. */
  public void close() {
    closed = true;
  }

  private void wanted(Change cause) {
    next = cause;
    due = true;
    goOn();
  }

  private void goOn() {
    if (!due || held || closed) {
      return;
    }
    if (running) {
      cancel();
    } else {
      begin();
    }
  }

  private void begin() {
    Change cause = next;
    next = Change.NONE;
    due = false;
    ending = false;
    running = true;
    runs.begin(cause);
  }
}
