package dev.toxserver.matrix;

import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a run has printed and nobody has seen yet, in the order in which it came. It is in a
 * temporary file whose name is deleted as soon as it is open: nobody else finds it, and it is gone
 * however the client ends.
 *
 * <p>Where there is no more room, in its {@link SpoolSpace} or on the disk, what comes from then on
 * is not kept until all that was is shown; {@link #lost} tells how much that is. The run itself
 * goes on: the server has its output. Not thread-safe.
 */
final class Spool {
  private static final Stream[] STREAMS = Stream.values();
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private final SpoolSpace space;
  private FileChannel file;
  private long read;
  private long written;
  private long lostBytes;
  private String why;
  private boolean closed;

  /** Some bytes of one stream. */
  record Piece(Stream stream, byte[] data) {}

  /** An empty one, which has no file yet. */
  Spool(SpoolSpace space) {
    this.space = space;
  }

  boolean isEmpty() {
    return read == written;
  }

  /** Keeps some output, or counts it as lost; nothing, once it is closed. */
  void add(Stream stream, byte[] data) {
    if (closed) {
      return;
    }
    long bytes = HEADER_BYTES + data.length;
    if (lostBytes > 0) {
      lostBytes += data.length;
    } else if (!space.take(bytes)) {
      lose(data, "it is more than is kept of all that waits to be shown");
    } else {
      try {
        write(stream, data);
        written += bytes;
      } catch (IOException e) {
        space.giveBack(bytes);
        lose(data, "it could not be kept: " + e.getMessage());
      }
    }
  }

  /**
   * The next piece, which is kept no more.
   *
   * @throws NoSuchElementException if it is empty
   */
  Piece next() {
    if (isEmpty()) {
      throw new NoSuchElementException();
    }
    try {
      ByteBuffer header = read(HEADER_BYTES);
      Stream stream = STREAMS[header.get()];
      Piece piece = new Piece(stream, read(header.getInt()).array());
      if (isEmpty()) {
        clear();
      }
      return piece;
    } catch (IOException e) {
      byte[] nothing = {};
      lostBytes += written - read;
      why = "it could not be read again: " + e.getMessage();
      clear();
      return new Piece(Stream.STDERR, nothing);
    }
  }

  /** How many bytes are missing behind what is kept, if any are. */
  Optional<Long> lost() {
    return lostBytes == 0 ? Optional.empty() : Optional.of(lostBytes);
  }

  /** A line about what is missing; from now on, all is kept again. */
  String takeLoss() {
    String line =
        "tox-server: "
            + lostBytes
            + " bytes of output are missing here, which 'logs' shows: "
            + why;
    lostBytes = 0;
    return line;
  }

  /** Nothing of it is wanted any more. */
  void close() {
    clear();
    lostBytes = 0;
    closed = true;
  }

  private void lose(byte[] data, String reason) {
    lostBytes += data.length;
    why = reason;
  }

  private void write(Stream stream, byte[] data) throws IOException {
    if (file == null) {
      file = open();
    }
    ByteBuffer piece = ByteBuffer.allocate(HEADER_BYTES + data.length);
    piece.put((byte) stream.ordinal()).putInt(data.length).put(data).flip();
    long at = written;
    while (piece.hasRemaining()) {
      at += file.write(piece, at);
    }
  }

  private static FileChannel open() throws IOException {
    Path path = Files.createTempFile("tox-server-matrix-", null);
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }

  private ByteBuffer read(int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      int count = file.read(buffer, read);
      if (count < 0) {
        throw new IOException("the file is shorter than it was");
      }
      read += count;
    }
    return buffer.flip();
  }

  private void clear() {
    space.giveBack(written);
    read = 0;
    written = 0;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // It has no name and is not used again.
      }
      file = null;
    }
  }
}
