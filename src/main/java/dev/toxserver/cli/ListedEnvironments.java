package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.matrix.EnvironmentNames;
import dev.toxserver.matrix.Tail;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code tox -l} prints, in a run whose output is not shown: tox's own environments, in its
 * order. All calls are on the main thread.
 */
final class ListedEnvironments implements MatrixTerminal.Shown {
  /** What tox is asked. */
  static final List<String> QUESTION = List.of("-l");

  private static final int MOST_BYTES = 64 * 1024;

  private final Terminal terminal;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Tail tail = new Tail();

  /** Says on a terminal that it has to wait. */
  ListedEnvironments(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * The names; at least one.
   *
   * @param exited how the run ended
   * @throws IllegalArgumentException if there is none, with what tox has said
   */
  List<String> names(Outcome.Exited exited) {
    int code = exited.exit().returncode();
    if (code != 0) {
      List<String> lines = new ArrayList<>();
      lines.add("tox-server: 'tox -l' tells no environments (exit code " + code + "); it said:");
      exited.exit().error().ifPresent(lines::add);
      lines.addAll(tail.lines());
      throw new IllegalArgumentException(String.join("\n", lines));
    }
    if (exited.incomplete()) {
      throw new IllegalArgumentException(
          "tox-server: some of what 'tox -l' printed is missing; name the environments by -e");
    }
    if (printed.size() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "tox-server: 'tox -l' printed more than " + MOST_BYTES / 1024 + " KiB; name them by -e");
    }
    List<String> names = EnvironmentNames.listed(printed.toString(StandardCharsets.UTF_8));
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "tox-server: 'tox -l' names no environment; name some by -e");
    }
    return names;
  }

  @Override
  public void accepted() {
    // Its output will tell.
  }

  @Override
  public void queued(String place) {
    terminal.say("The question which environments there are is queued" + place);
  }

  @Override
  public void started(RunEvent.Started event) {
    // Its output will tell.
  }

  @Override
  public void said(String line) {
    terminal.say(line);
  }

  @Override
  public void saidAfterInterrupt(String line) {
    terminal.sayAfterInterrupt(line);
  }

  @Override
  public void output(Stream stream, byte[] data, Runnable taken) {
    tail.add(data);
    if (stream == Stream.STDOUT && printed.size() <= MOST_BYTES) {
      printed.writeBytes(data);
    }
    taken.run();
  }
}
