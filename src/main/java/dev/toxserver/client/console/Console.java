package dev.toxserver.client.console;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The user's own terminal: raw while a run has it, so that each key goes to the program as it is
 * typed, and as it was found at all other times. What is to be done with it is done on a thread of
 * its own, in the order in which it was asked for.
 */
public final class Console {
  private static final long SETTLE_SECONDS = 5;
  private static final List<String> AS_FOUND = List.of();
  private static final List<String> RAW = List.of("raw", "-echo", "-iexten");
  private static final List<String> KEYS = List.of("-icanon", "-echo");

  private final String settings;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Console::daemon);
  private volatile Consumer<TerminalSize> onResize = size -> {};

  // The thread's own.
  private TerminalSize size;
  private List<String> mode = AS_FOUND;
  private boolean closed;

  private Console(String settings, TerminalSize size) {
    this.settings = settings;
    this.size = size;
  }

  /** Whether this process may use its terminal: a job in the background that tries is stopped. */
  public static boolean isInForeground() {
    return Foreground.isOurs();
  }

  /** The terminal that is this process's standard input, if stty works; blocks, for some 10 ms. */
  public static Optional<Console> open() {
    return Stty.run("sh", "-c", "stty -g && stty size")
        .map(text -> text.split("\n"))
        .filter(lines -> lines.length == 2)
        .map(lines -> new Console(lines[0], ConsoleSize.parse(lines[1])));
  }

  /**
   * A terminal like this one, for a run; or like any, where nobody sees one.
   *
   * @param term what {@code TERM} says here; where it can't be handed on, the run's is dumb
   */
  public static TerminalRequest request(Optional<Console> console, String term) {
    TerminalSize size = console.map(Console::sizeAtFirst).orElse(ConsoleSize.USUAL);
    try {
      return new TerminalRequest(size, term);
    } catch (MalformedException e) {
      return new TerminalRequest(size, "dumb");
    }
  }

  /** The size that it had when it was opened; for the thread that opened it. */
  public TerminalSize sizeAtFirst() {
    return size;
  }

  /** From now on, this takes each new size, on the console's thread. */
  public void onResize(Consumer<TerminalSize> taker) {
    onResize = taker;
  }

  /** Passes on each key as it is typed, without an echo: for a run. */
  public void makeRaw() {
    execute(() -> enter(RAW));
  }

  /** Passes on each key as it is typed, without an echo, but makes signals of them as before. */
  public void passKeys() {
    execute(() -> enter(KEYS));
  }

  /** Edits and echoes lines here, and makes signals of {@code ^C} and {@code ^Z}, as before. */
  public void restore() {
    execute(() -> enter(AS_FOUND));
  }

  /**
   * Suspends this process and its group, as {@code ^Z} does in a terminal that is not raw. In a
   * group that nobody could continue, the kernel lets it go on at once.
   */
  public void suspend() {
    execute(
        () -> {
          List<String> before = mode;
          enter(AS_FOUND);
          // It returns when the user has said fg: the signal stops the shell too.
          Stty.run("sh", "-c", "kill -TSTP 0");
          enter(before);
          look();
        });
  }

  /**
   * The process goes on after a stop that it may not have asked for: its shell has the terminal's
   * settings changed.
   */
  public void continued() {
    execute(
        () -> {
          enter(mode);
          look();
        });
  }

  /** The terminal may have another size. */
  public void resized() {
    execute(this::look);
  }

  /** Restores it for good; waits for that, at most 5 s. */
  public void close() {
    execute(
        () -> {
          enter(AS_FOUND);
          closed = true;
        });
    settle();
  }

  /** Waits until all is done that was asked for, at most 5 s. */
  public void settle() {
    CountDownLatch done = new CountDownLatch(1);
    thread.execute(done::countDown);
    try {
      done.await(SETTLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void execute(Runnable task) {
    thread.execute(
        () -> {
          if (!closed) {
            task.run();
          }
        });
  }

  private void enter(List<String> wanted) {
    if (mode != wanted && mode != AS_FOUND) {
      Stty.run("stty", settings);
    }
    if (wanted != AS_FOUND) {
      List<String> command = new ArrayList<>(List.of("stty"));
      command.addAll(wanted);
      Stty.run(command.toArray(String[]::new));
    }
    mode = wanted;
  }

  private void look() {
    Stty.run("stty", "size")
        .map(ConsoleSize::parse)
        .filter(now -> !now.equals(size))
        .ifPresent(
            now -> {
              size = now;
              onResize.accept(now);
            });
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tox-server-console");
    thread.setDaemon(true);
    return thread;
  }
}
