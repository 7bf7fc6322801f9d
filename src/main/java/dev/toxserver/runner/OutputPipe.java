package dev.toxserver.runner;

import dev.toxserver.protocol.Stream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The server's end of a pipe that a run writes to.
 *
 * <p>Where there is /proc it is an end of our own. Java's is closed by its reaper as soon as the
 * program has ended (ProcessImpl.ProcessPipeInputStream.processExited), and what the program's
 * children write after that is lost. And a read of ours can be broken off: closing a channel wakes
 * who reads it, closing a stream does not.
 *
 * <p>On macOS it is Java's: there, what children write after the program has ended may be lost.
 */
class OutputPipe implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OutputPipe.class.getName());

  private final InputStream stream;
  private final ReadableByteChannel channel;
  private final String name;

  OutputPipe(InputStream stream, ReadableByteChannel channel, String name) {
    this.stream = stream;
    this.channel = channel;
    this.name = name;
  }

  /**
   * Opens one of a process that can't end meanwhile, and closes Java's end of it.
   *
   * @throws IOException if that is not possible: no descriptor is free, or the process was killed
   */
  static OutputPipe open(Process process, Stream which) throws IOException {
    InputStream javas =
        which == Stream.STDOUT ? process.getInputStream() : process.getErrorStream();
    if (!ProcessTable.isThere()) {
      return new OutputPipe(javas, Channels.newChannel(javas), "");
    }
    Path theirs = Path.of("/proc/" + process.pid() + "/fd/" + (which == Stream.STDOUT ? 1 : 2));
    String name = Files.readSymbolicLink(theirs).toString();
    FileInputStream ours = new FileInputStream(theirs.toFile());
    javas.close();
    return new OutputPipe(ours, ours.getChannel(), name);
  }

  /** What /proc calls it wherever it is open, as {@code pipe:[4711]}; empty on macOS. */
  String name() {
    return name;
  }

  /** As a channel does. */
  int read(ByteBuffer buffer) throws IOException, InterruptedException {
    return channel.read(buffer);
  }

  /** Whether {@link #available} can be believed; what else is at its end is known in time. */
  boolean tellsWhatIsInIt() {
    return ProcessTable.isThere();
  }

  /** How many bytes lie in the pipe; 0 once it is closed. */
  int available() {
    try {
      return stream.available();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Who reads it is woken and reads no more; but on macOS it waits on for what comes. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "a pipe was not closed well", e);
    }
  }
}
