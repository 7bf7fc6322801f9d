package dev.toxserver.runner;

import dev.toxserver.runner.terminal.Terminal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * What a run prints on its terminal. The terminal's end is an error of a read (EIO): nobody has it
 * open any more. What was printed before that is read first.
 *
 * <p>Closing it does nothing: the terminal stays until the run has ended, so that its number can't
 * become another's while somebody is sought who holds it.
 */
final class TerminalOutput extends OutputPipe {
  /** The most that lies in one: 4 KiB that can be read at once, and 8 behind it (pty.c). */
  private static final int MOST_BYTES = 12 * 1024;

  TerminalOutput(Terminal.ServerEnd end) {
    super(end.screen(), end.screen().getChannel(), end.name());
  }

  @Override
  int read(ByteBuffer buffer) throws IOException {
    try {
      return super.read(buffer);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return -1;
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
