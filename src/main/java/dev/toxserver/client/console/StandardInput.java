package dev.toxserver.client.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads standard input on a thread of its own, a piece at a time and each only when it is asked
 * for: who types or pipes too fast has to wait.
 */
public final class StandardInput {
  private static final int PIECE_BYTES = 16 * 1024;

  private final ReadableByteChannel channel;
  private final Consumer<byte[]> onPiece;
  private final Runnable onEnd;
  private final Semaphore wanted = new Semaphore(0);

  /**
   * Begins to read with the first {@link #more}.
   *
   * @param channel is closed by {@link #close}, in the middle of a read if need be
   * @param onPiece takes each piece, on the reading thread
   * @param onEnd is told the end of the input, or that it can't be read, on that thread; behind a
   *     {@code ^D} in a terminal there may be more
   */
  public StandardInput(ReadableByteChannel channel, Consumer<byte[]> onPiece, Runnable onEnd) {
    this.channel = channel;
    this.onPiece = onPiece;
    this.onEnd = onEnd;
    Thread reader = new Thread(this::read, "tox-server-stdin");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * This process's own. As a channel, since closing that wakes who reads it: a thread that is left
   * in a read costs the exit of the JVM 300 ms.
   */
  public static ReadableByteChannel ofProcess() {
    return new FileInputStream(FileDescriptor.in).getChannel();
  }

  /** Asks for one more piece. */
  public void more() {
    wanted.release();
  }

  /** Reads nothing more. */
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Then it is not read any more either.
    }
    // Who waits to be asked is told as well.
    wanted.release();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
    try {
      while (true) {
        wanted.acquire();
        buffer.clear();
        if (channel.read(buffer) < 0) {
          onEnd.run();
        } else {
          onPiece.accept(Arrays.copyOf(buffer.array(), buffer.position()));
        }
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      onEnd.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
