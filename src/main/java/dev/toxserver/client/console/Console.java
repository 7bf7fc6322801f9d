package dev.toxserver.client.console;

import dev.toxserver.protocol.TerminalSize;
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
  private static final long CLOSE_SECONDS = 5;

  private final String settings;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Console::daemon);
  private volatile Consumer<TerminalSize> onResize = size -> {};

  // The thread's own.
  private TerminalSize size;
  private boolean raw;
  private boolean closed;

  private Console(String settings, TerminalSize size) {
    this.settings = settings;
    this.size = size;
  }

  /**
   * The terminal that is this process's standard input; blocks, for some 10 ms. None if there is no
   * stty, or if the process is in the background: its group would be stopped.
   */
  public static Optional<Console> open() {
    if (!Foreground.isOurs()) {
      return Optional.empty();
    }
    return Stty.run("sh", "-c", "stty -g && stty size")
        .map(text -> text.split("\n"))
        .filter(lines -> lines.length == 2)
        .map(lines -> new Console(lines[0], ConsoleSize.parse(lines[1])));
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
    execute(() -> enter(true));
  }

  /** Edits and echoes lines here, and makes signals of {@code ^C} and {@code ^Z}, as before. */
  public void restore() {
    execute(() -> enter(false));
  }

  /**
   * Suspends this process and its group, as {@code ^Z} does in a terminal that is not raw. In a
   * group that nobody could continue, the kernel lets it go on at once.
   */
  public void suspend() {
    execute(
        () -> {
          boolean before = raw;
          enter(false);
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
          enter(raw);
          look();
        });
  }

  /** The terminal may have another size. */
  public void resized() {
    execute(this::look);
  }

  /** Restores it for good; waits for that, at most 5 s. */
  public void close() {
    CountDownLatch done = new CountDownLatch(1);
    execute(
        () -> {
          enter(false);
          closed = true;
          done.countDown();
        });
    try {
      done.await(CLOSE_SECONDS, TimeUnit.SECONDS);
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

  private void enter(boolean wanted) {
    if (wanted) {
      Stty.run("stty", "raw", "-echo", "-iexten");
    } else if (raw) {
      Stty.run("stty", settings);
    }
    raw = wanted;
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
