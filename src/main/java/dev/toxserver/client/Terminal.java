package dev.toxserver.client;

import dev.toxserver.client.console.Screen;
import dev.toxserver.client.paths.RunPaths;
import dev.toxserver.config.Environment;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.Stream;
import dev.toxserver.protocol.Usual;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The local side of a run: its output goes out unchanged, and what the client itself has to say
 * goes to standard error, in the order in which both were written. Whoever follows several runs at
 * once has a terminal for each that does something else with its output.
 */
public class Terminal {
  private final StandardStream out;
  private final StandardStream err;
  private final boolean errIsTerminal;
  private final boolean colours;

  /** What the run has made of the user's screen, if it has a terminal: both streams lead there. */
  private volatile Optional<Screen> screen = Optional.empty();

  /** So long no key may come before the user counts as away; 0 if they are never notified. */
  private volatile long notifyAfterMillis;

  private volatile long lastKeyNanos = System.nanoTime();

  /** What is done with the paths in a run's output, if anything. */
  private volatile RunPaths paths;

  private volatile Optional<EventLines> events = Optional.empty();

  /**
   * Writes to two streams.
   *
   * @param errIsTerminal whether a person sees standard error, with the ^C that they typed on it
   * @param colours whether what the client says may be coloured
   */
  public Terminal(StandardStream out, StandardStream err, boolean errIsTerminal, boolean colours) {
    this.out = out;
    this.err = err;
    this.errIsTerminal = errIsTerminal;
    this.colours = colours;
  }

  /** This process's own terminal. */
  public static Terminal ofProcess(Map<String, String> environment, boolean errIsTerminal) {
    boolean coloured = errIsTerminal && wantsColours(environment);
    return new Terminal(StandardStream.out(), StandardStream.err(), errIsTerminal, coloured);
  }

  /** Whether the user wants any colours: not if NO_COLOR is set (no-color.org). */
  public static boolean wantsColours(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** A text in green for what is good, and else in red. */
  public static String coloured(String text, boolean good) {
    return (good ? "\033[32m" : "\033[31m") + text + "\033[0m";
  }

  /** From now on, runs' output passes this on its way. */
  public void watch(RunPaths paths) {
    this.paths = paths;
  }

  /** From now on, runs are told by events, and standard output has nothing else. */
  public void tellEvents(EventLines lines) {
    events = Optional.of(lines);
  }

  /** What tells runs by their events, if anything does. */
  public Optional<EventLines> events() {
    return events;
  }

  /** Prints a line to standard output. */
  public void print(String line) {
    out.writeLine(line);
  }

  /** The run is to have this terminal: it may be raw, and be left in the middle of a line. */
  public void lend() {
    screen = Optional.of(new Screen());
  }

  /** The run has this terminal no more: what it left switched on is switched off. */
  public void takeBack() {
    if (screen.isPresent()) {
      byte[] undo = screen.get().end().getBytes(StandardCharsets.US_ASCII);
      if (Environment.isTerminal(1)) {
        out.write(undo);
      }
    }
  }

  /** Says a line on standard error. */
  public void say(String line) {
    if (screen.isPresent() && errIsTerminal) {
      err.write(screen.get().line(line).getBytes(StandardCharsets.UTF_8));
    } else {
      err.writeLine(line);
    }
  }

  /** Says a line in answer to a ^C, which stands at the start of the line on a terminal. */
  public void sayAfterInterrupt(String line) {
    say(errIsTerminal ? "\n" + line : line);
  }

  /** Says how a run ended, how long it took, and how long such a run usually takes. */
  public void sayVerdict(RunEvent.Exit exit, Optional<Usual> usual) {
    say(mark(exit.isGood()) + Verdict.words(exit) + usual.map(Verdict::words).orElse(""));
  }

  /** {@code [DONE]} or {@code [FAIL]} and a blank, for what follows on its line. */
  public String mark(boolean good) {
    String word = good ? "DONE" : "FAIL";
    return "[" + (colours ? coloured(word, good) : word) + "] ";
  }

  /** A client has begun: what follows is of its request. */
  protected void begun() {
    // It has nothing to show yet.
  }

  /** The request is sent; again whenever the connection was lost. */
  protected void asked() {
    // The answer will tell.
  }

  /** The server has accepted a run, or found it; again whenever the connection was lost. */
  protected void accepted(RunId run) {
    // Its output will tell.
  }

  /** The server has found a run in this state; again whenever the connection was lost. */
  protected void found(RunState state) {
    // Its events will tell.
  }

  /** The run has begun. */
  protected void started(RunEvent.Started event) {
    // Its output will tell.
  }

  /** Says that there is no connection yet, and why; it is tried again. */
  protected void sayWaiting(String address, String reason) {
    say(Wording.waiting(address, reason));
  }

  /** Says that the run waits for its turn; the text tells its place, if that is known. */
  protected void sayQueued(String place) {
    say("Command run is queued" + place);
  }

  /** Whether the end of what took so long is worth a notification. */
  public boolean isLong(long millis) {
    long limit = notifyAfterMillis;
    return errIsTerminal && limit > 0 && millis > limit;
  }

  /** Has the terminal, which must be one, notify the user of something, in one line. */
  public void notifyUser(String what) {
    err.write(Alert.of(what));
  }

  /** Notifies of what the user may miss who has pressed no key for so long; 0: of nothing. */
  public void notifyAfter(long millis) {
    notifyAfterMillis = millis;
  }

  /** The user is there: a key came. */
  void keyCame() {
    lastKeyNanos = System.nanoTime();
  }

  /** The run waits for keys: the user is notified if they may look elsewhere. */
  void notifyOfAwaitedKeys() {
    long limit = notifyAfterMillis;
    boolean mayBeAway = (System.nanoTime() - lastKeyNanos) / 1_000_000 > limit;
    if (errIsTerminal && limit > 0 && mayBeAway) {
      err.write(Alert.of("the run waits for keys"));
    }
  }

  /** Output that comes later waits for this task, which may block. */
  void beforeMore(Runnable task) {
    out.afterwards(task);
  }

  /** Completes when all that was written before is out. */
  public CompletableFuture<Void> flushed() {
    return out.flushed().thenCombine(err.flushed(), (o, e) -> null);
  }

  /** Waits until all that was written before is out, at most so long. */
  public void flush(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    out.flush(millis);
    err.flush(Math.max(0, (end - System.nanoTime()) / 1_000_000));
  }

  /** Writes what a run has printed; see {@link #isFull}. The array must not be changed any more. */
  public void output(Stream stream, byte[] data) {
    byte[] shown = pass(stream, data);
    if (events.isPresent()) {
      return;
    }
    target(stream).write(shown);
    if (screen.isPresent()) {
      screen.get().show(data);
    }
  }

  /** What is to be seen of the next bytes of output, once their paths have been looked at. */
  protected final byte[] pass(Stream stream, byte[] data) {
    return paths == null ? data : paths.pass(stream, data);
  }

  /** Whether whoever writes to this stream had better wait. */
  public boolean isFull(Stream stream) {
    return target(stream).isFull();
  }

  /**
   * Calls back once, on any thread, when the stream can take more; a later call replaces an
   * earlier.
   */
  public void onDrained(Stream stream, Runnable callback) {
    target(stream).onDrained(callback);
  }

  /** Why standard output can't be written to any more, if it can't. */
  public Optional<IOException> outputClosed() {
    return out.failure();
  }

  /**
   * Calls back once, on any thread, when standard output can't be written to any more; for the run
   * under way: a later call replaces an earlier.
   */
  public void onOutputClosed(Consumer<IOException> callback) {
    out.onFailure(callback);
  }

  private StandardStream target(Stream stream) {
    return stream == Stream.STDOUT || events.isPresent() ? out : err;
  }
}
