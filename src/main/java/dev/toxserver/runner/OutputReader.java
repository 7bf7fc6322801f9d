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

  private final Stream stream;
  private final OutputPipe pipe;
  private final Window window;
  private final BiConsumer<Stream, byte[]> onChunk;

  private boolean finishing;

  /** Whether nobody can write to the stream any more. */
  private volatile boolean ended;

  /**
   * How many bytes are still handed on once it is finishing; a chunk that was read before counts.
   */
  private long rest;

  private OutputReader(
      Stream stream, OutputPipe pipe, Window window, BiConsumer<Stream, byte[]> onChunk) {
    this.stream = stream;
    this.pipe = pipe;
    this.window = window;
    this.onChunk = onChunk;
  }

  /**
   * Starts the thread.
   *
   * @param pipe is closed at the end
   * @param onChunk takes what was read, at once, even half a line; called on the thread
   * @param onEnd is called on the thread after the last chunk, whatever happens
   */
  static OutputReader start(
      RunId id,
      Stream stream,
      OutputPipe pipe,
      Window window,
      BiConsumer<Stream, byte[]> onChunk,
      Consumer<Stream> onEnd) {
    OutputReader reader = new OutputReader(stream, pipe, window, onChunk);
    Thread thread =
        new Thread(
            () -> {
              try (pipe) {
                reader.readAll();
              } catch (IOException | InterruptedException e) {
                // Nobody can write to the stream any more, or what they write is not wanted.
              } finally {
                onEnd.accept(stream);
              }
            },
            "run-" + id + "-" + stream.wireName());
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  /**
   * The run is over: what is in the pipe by now is still read, and no more. Then the stream ends,
   * whoever holds it open and goes on writing. The window is opened after this, and not before:
   * until then it bounds what is read.
   */
  synchronized void finish() {
    finishing = true;
    int inPipe = pipe.available();
    rest = inPipe + CHUNK_BYTES;
    if (inPipe == 0) {
      // What a read has got by now it still returns.
      pipe.close();
    }
  }

  /** Whether it is known how much may still come of what was written. */
  boolean knowsWhatIsLeft() {
    return pipe.tellsWhatIsInIt();
  }

  /** Whether the stream was left before its end, since somebody may hold it open. */
  boolean wasCutOff() {
    return !ended;
  }

  private void readAll() throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    while (goesOn()) {
      int read = pipe.read(buffer.clear());
      if (read < 0) {
        ended = true;
        return;
      }
      byte[] chunk = Arrays.copyOf(buffer.array(), read);
      window.acquire(Window.cost(chunk));
      onChunk.accept(stream, chunk);
      handedOn(read);
    }
  }

  private synchronized boolean goesOn() {
    return !finishing || (rest > 0 && pipe.available() > 0);
  }

  private synchronized void handedOn(int bytes) {
    rest -= bytes;
  }
}
