package dev.toxserver.client.console;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** What a client has to hand on to a run: the keys of the user's terminal, or standard input. */
public final class UserInput {
  private final Optional<Console> console;
  private final boolean stdin;
  private StandardInput input;
  private Consumer<byte[]> onPiece;
  private byte[] kept = new byte[0];
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
   * takers, also what the old ones have asked for, and what has come since {@link #release}.
   */
  public synchronized StandardInput read(Consumer<byte[]> newOnPiece, Runnable newOnEnd) {
    onPiece = newOnPiece;
    onEnd = newOnEnd;
    if (input == null) {
      input = new StandardInput(StandardInput.ofProcess(), this::hasRead, () -> onEnd.run());
    }
    if (kept.length > 0) {
      onPiece.accept(kept);
      kept = new byte[0];
    }
    return input;
  }

  /**
   * The taker has done: what it has asked for, if it comes now, is for the next one. So who types
   * while one run ends and another begins types into that one.
   */
  public synchronized void release() {
    onPiece =
        piece -> {
          byte[] both = Arrays.copyOf(kept, kept.length + piece.length);
          System.arraycopy(piece, 0, both, kept.length, piece.length);
          kept = both;
        };
  }

  private synchronized void hasRead(byte[] piece) {
    onPiece.accept(piece);
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
