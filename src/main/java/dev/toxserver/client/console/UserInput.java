package dev.toxserver.client.console;

import java.util.Optional;
import java.util.function.Consumer;

/** What a client has to hand on to a run: the keys of the user's terminal, or standard input. */
public final class UserInput {
  private final Optional<Console> console;
  private final boolean stdin;
  private StandardInput input;
  private volatile Consumer<byte[]> onPiece;
  private volatile Runnable onEnd;

  /**
   * Reads nothing yet.
   *
   * @param console the terminal that standard input is, for a run with a terminal
   * @param stdin whether a run without one is given standard input, too
   */
  public UserInput(Optional<Console> console, boolean stdin) {
    this.console = console;
    this.stdin = stdin;
  }

  /** The user's terminal, if the run is to have one like it. */
  public Optional<Console> console() {
    return console;
  }

  /** Whether there is anything to read for a run that has a terminal, or has none. */
  public boolean isFor(boolean terminal) {
    return stdin || terminal && console.isPresent();
  }

  /**
   * Begins to read, as {@link StandardInput} does. Called again, what is read goes to the new
   * takers, also what the old ones have asked for.
   */
  public synchronized StandardInput read(Consumer<byte[]> newOnPiece, Runnable newOnEnd) {
    onPiece = newOnPiece;
    onEnd = newOnEnd;
    if (input == null) {
      input =
          new StandardInput(
              StandardInput.ofProcess(), piece -> onPiece.accept(piece), () -> onEnd.run());
    }
    return input;
  }

  /** Restores the terminal and reads nothing more, for good; blocks for some milliseconds. */
  public void close() {
    // In this order: Java puts /dev/null in the place of a standard input that is closed.
    console.ifPresent(Console::close);
    synchronized (this) {
      if (input != null) {
        input.close();
      }
    }
  }
}
