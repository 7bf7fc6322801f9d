package dev.toxserver.runner;

import dev.toxserver.runner.terminal.Terminal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * What a run prints on its terminal. When nobody has that open, a read fails (EIO), once all that
 * was printed is read. While the program lives, it may open its terminal again.
 *
 * <p>Closing it does nothing: the terminal stays until the run has ended, so that its number can't
 * become another's while somebody is sought who holds it.
 */
final class TerminalOutput extends OutputPipe {
  /** The most that lies in one: 4 KiB that can be read at once, and 8 behind it (pty.c). */
  private static final int MOST_BYTES = 12 * 1024;

  private static final long LONGEST_PAUSE_MILLIS = 64;

  private final Process process;

  TerminalOutput(Terminal.ServerEnd end, Process process) {
    super(end.screen(), end.screen().getChannel(), end.name());
    this.process = process;
  }

  @Override
  int read(ByteBuffer buffer) throws IOException, InterruptedException {
    long pause = 1;
    while (true) {
      boolean mayComeBack = process.isAlive();
      try {
        return super.read(buffer);
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        if (!mayComeBack) {
          return -1;
        }
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /** The kernel counts only what can be read at once. */
  @Override
  boolean tellsWhatIsInIt() {
    return false;
  }

  @Override
  int available() {
    return MOST_BYTES;
  }

  @Override
  public void close() {}
}
