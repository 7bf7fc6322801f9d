package dev.toxserver.runner;

import dev.toxserver.protocol.Stream;
import dev.toxserver.runner.terminal.Terminal;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The server's ends of a run's streams.
 *
 * @param outputs where its output comes from: of a terminal, all of it is standard output; whoever
 *     reads one closes it
 * @param input where its input goes; without it, it reads end of file
 * @param terminal the terminal that the program has
 */
record RunStreams(
    Map<Stream, OutputPipe> outputs,
    Optional<WritableByteChannel> input,
    Optional<Terminal> terminal)
    implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RunStreams.class.getName());

  /**
   * Has a program's process get no more pipes than are read: the gate has nothing to say, and what
   * the program prints on a terminal comes in one.
   */
  static ProcessBuilder prepare(ProcessBuilder builder, Optional<Terminal> terminal) {
    if (terminal.isEmpty()) {
      return builder;
    }
    return terminal.get().serverEnd().isEmpty()
        ? builder.redirectErrorStream(true)
        : builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
  }

  /**
   * Those of a program that waits at its gate. If one can't be opened, the program is killed.
   *
   * @param hasInput whether the gate leaves it its standard input, where it has no terminal
   * @throws IOException as {@link OutputPipe#open} does
   */
  static RunStreams open(Process process, boolean hasInput, Optional<Terminal> terminal)
      throws IOException {
    if (terminal.isPresent() && terminal.get().serverEnd().isPresent()) {
      Terminal.ServerEnd end = terminal.get().serverEnd().get();
      return new RunStreams(
          Map.of(Stream.STDOUT, new TerminalOutput(end, process)),
          Optional.of(end.keyboard()),
          terminal);
    }
    Map<Stream, OutputPipe> outputs = new EnumMap<>(Stream.class);
    try {
      outputs.put(Stream.STDOUT, OutputPipe.open(process, Stream.STDOUT));
      if (terminal.isEmpty()) {
        outputs.put(Stream.STDERR, OutputPipe.open(process, Stream.STDERR));
      }
      Optional<WritableByteChannel> input =
          hasInput ? Optional.of(input(process)) : Optional.empty();
      return new RunStreams(outputs, input, terminal);
    } catch (IOException e) {
      process.destroyForcibly();
      outputs.values().forEach(OutputPipe::close);
      throw e;
    }
  }

  /**
   * An end of our own, which can be closed while a write waits for a program that does not read. To
   * close Java's waits for that write.
   */
  private static WritableByteChannel input(Process process) throws IOException {
    return ProcessTable.isThere()
        ? new FileOutputStream("/proc/" + process.pid() + "/fd/0").getChannel()
        : Channels.newChannel(process.getOutputStream());
  }

  /** Whether the input goes through Java's own end of the pipe, which must stay open for it. */
  boolean inputIsJavas() {
    return input.isPresent() && !ProcessTable.isThere();
  }

  /** The names of the outputs, by which /proc shows who has one open. */
  Set<String> names() {
    return outputs.values().stream().map(OutputPipe::name).collect(Collectors.toSet());
  }

  /** Nothing more is written to the program; but a terminal stays. */
  void closeInput() {
    if (terminal.flatMap(Terminal::serverEnd).isEmpty()) {
      close(input);
    }
  }

  /** Nobody is left to read the input, nor to print on the terminal. May block for a moment. */
  @Override
  public void close() {
    close(input);
    terminal.ifPresent(Terminal::close);
  }

  private static void close(Optional<WritableByteChannel> channel) {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "an input was not closed well", e);
    }
  }
}
