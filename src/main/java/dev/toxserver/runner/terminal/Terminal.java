package dev.toxserver.runner.terminal;

import dev.toxserver.protocol.TerminalSize;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A terminal that one run's program is given. */
public interface Terminal extends AutoCloseable {
  /** Where the gate opens the program's three streams: a file's path, or - for what it has. */
  String gate();

  /** The program's command, with what has to stand before it in this environment. */
  List<String> wrap(List<String> command, Map<String, String> environment);

  /** Whether the process that is started keeps the terminal, and the program is its child. */
  boolean hasKeeper();

  /**
   * The path of the program's end, as /proc shows it in whoever has it open. May block for up to
   * two seconds.
   *
   * @param process the one that was started
   * @throws IOException if it has no terminal any more, or not yet
   */
  String name(Process process) throws IOException, InterruptedException;

  /** The server's end; none if it is pipes to the process that is started. */
  Optional<ServerEnd> serverEnd();

  /**
   * What the server reads and writes of a terminal.
   *
   * @param screen what the program prints; a read fails when nobody has the terminal open any more
   * @param keyboard what is typed
   * @param name the path of the program's end, as /proc shows it in whoever has it open
   */
  record ServerEnd(FileInputStream screen, WritableByteChannel keyboard, String name) {}

  /**
   * Gives it another size, which the program is told by SIGWINCH. Blocks.
   *
   * @param process the one that was started
   * @throws IOException if it has no terminal any more, or not yet
   */
  void resize(Process process, TerminalSize size) throws IOException, InterruptedException;

  /** Hangs up, and wakes who reads or writes; a second time does nothing. */
  @Override
  void close();
}
