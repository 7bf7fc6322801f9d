package dev.toxserver.runner;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads one stream of a run to its end, on a platform thread of its own: reads of a pipe block, and
 * would pin a virtual thread's carrier.
 */
final class OutputReader {
  private static final int CHUNK_BYTES = 64 * 1024;

  private OutputReader() {}

  /**
   * Starts the thread.
   *
   * @param onChunk takes what was read, at once, even half a line; called on the thread
   * @param onEnd is called on the thread after the last chunk, whatever happens
   */
  static void start(
      RunId id,
      Stream stream,
      OutputPipe pipe,
      Window window,
      BiConsumer<Stream, byte[]> onChunk,
      Consumer<Stream> onEnd) {
    Thread thread =
        new Thread(
            () -> {
              try (pipe) {
                readAll(stream, pipe, window, onChunk);
              } catch (IOException | InterruptedException e) {
                // Nobody can write to the stream any more: its end.
                Thread.currentThread().interrupt();
              } finally {
                onEnd.accept(stream);
              }
            },
            "run-" + id + "-" + stream.wireName());
    thread.setDaemon(true);
    thread.start();
  }

  private static void readAll(
      Stream stream, OutputPipe pipe, Window window, BiConsumer<Stream, byte[]> onChunk)
      throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    for (int read = pipe.read(buffer); read >= 0; read = pipe.read(buffer.clear())) {
      byte[] chunk = Arrays.copyOf(buffer.array(), read);
      window.acquire(Window.cost(chunk));
      onChunk.accept(stream, chunk);
    }
  }
}
