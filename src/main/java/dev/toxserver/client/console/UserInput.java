package dev.toxserver.client.console;

import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a client has to hand on to a run: the keys of the user's terminal, or standard input. One
 * taker after another has it; what one has asked for and not taken, or gives back, is for the next.
 */
public final class UserInput {
  private static final byte[] NOTHING = {};

  private final Optional<Console> console;
  private final boolean stdin;
  private final Supplier<ReadableByteChannel> source;
  private StandardInput input;
  private Runnable onPiece;
  private Runnable onEnd;
  private boolean reading;
  private byte[] waiting = NOTHING;

  /**
   * Reads nothing yet.
   *
   * @param console the terminal that standard input is, for a run with a terminal
   * @param stdin whether a run without one is given standard input, too
   */
  public UserInput(Optional<Console> console, boolean stdin) {
    this(console, stdin, StandardInput::ofProcess);
  }

  /**
   * The same of what is typed elsewhere.
   *
   * @param source opens what is read, when it is first read
   */
  public UserInput(Optional<Console> console, boolean stdin, Supplier<ReadableByteChannel> source) {
    this.console = console;
    this.stdin = stdin;
    this.source = source;
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
   * Makes a taker the one that is told, in the place of the one before; at once, if something
   * waits. Begins to read with the first {@link #more}.
   *
   * @param newOnPiece is told that there is something to {@link #take}; must not block
   * @param newOnEnd is told the end of the input, as by {@link StandardInput}; must not block
   */
  public synchronized void read(Runnable newOnPiece, Runnable newOnEnd) {
    onPiece = newOnPiece;
    onEnd = newOnEnd;
    if (input == null) {
      input = new StandardInput(source.get(), this::hasRead, this::hasEnded);
    }
    if (waiting.length > 0) {
      onPiece.run();
    }
  }

  /** Asks for one more piece, unless one was asked for, by whomever, and is not taken yet. */
  public synchronized void more() {
    if (!reading && waiting.length == 0) {
      reading = true;
      input.more();
    }
  }

  /** All that was read or given back, and not taken yet. */
  public synchronized byte[] take() {
    byte[] taken = waiting;
    waiting = NOTHING;
    return taken;
  }

  /**
   * A taker has no use for this, but the next one may: it comes before what is read from now on.
   * Since nothing is read that nobody has room for, no more waits here than one taker asks for.
   */
  public synchronized void giveBack(byte[] unused) {
    waiting = both(unused, waiting);
  }

  private synchronized void hasRead(byte[] piece) {
    reading = false;
    waiting = both(waiting, piece);
    onPiece.run();
  }

  private synchronized void hasEnded() {
    reading = false;
    onEnd.run();
  }

  private static byte[] both(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
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
