package dev.toxserver.runner;

import dev.toxserver.protocol.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes a run's input to its program, on a platform thread of its own: a write blocks. */
final class InputWriter {
  /** ^D: at the beginning of a line it ends a terminal's input. In a line it only sends that on. */
  private static final byte[] END_OF_TERMINAL = {4};

  private final InputBuffer buffer;
  private final WritableByteChannel channel;
  private final boolean isTerminal;
  private byte last = '\n';

  private InputWriter(InputBuffer buffer, WritableByteChannel channel, boolean isTerminal) {
    this.buffer = buffer;
    this.channel = channel;
    this.isTerminal = isTerminal;
  }

  /**
   * Starts the thread.
   *
   * @param isTerminal whether the channel stays open at the end, which is typed
   * @param onWritten is called on the thread after each piece
   * @param onUnread is called on the thread if the program takes no more
   */
  static void start(
      RunId id,
      InputBuffer buffer,
      WritableByteChannel channel,
      boolean isTerminal,
      Runnable onWritten,
      Runnable onUnread) {
    InputWriter writer = new InputWriter(buffer, channel, isTerminal);
    Thread thread =
        new Thread(
            () -> {
              try {
                writer.writeAll(onWritten);
              } catch (IOException | InterruptedException e) {
                buffer.discard();
                onUnread.run();
              }
            },
            "run-" + id + "-input");
    thread.setDaemon(true);
    thread.start();
  }

  private void writeAll(Runnable onWritten) throws IOException, InterruptedException {
    for (byte[] piece = buffer.next(); piece != null; piece = buffer.next()) {
      write(piece);
      buffer.written(piece);
      onWritten.run();
    }
    if (isTerminal) {
      end();
    } else {
      channel.close();
    }
  }

  private void end() throws IOException {
    if (last != '\n' && last != '\r') {
      write(END_OF_TERMINAL);
    }
    write(END_OF_TERMINAL);
  }

  private void write(byte[] piece) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    last = piece[piece.length - 1];
  }
}
