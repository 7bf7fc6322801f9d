package dev.toxserver.cli;

import dev.toxserver.client.console.Console;
import dev.toxserver.client.console.Screen;
import dev.toxserver.config.Environment;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Some lines below the output on a terminal, for what goes on. The output goes on where it was, in
 * the middle of a line too: room is made by scrolling (IND, ESC D), and the cursor is put back
 * (DECSC, DECRC) where the next output begins with erasing all below it (ED). No line is wrapped
 * (DECAWM), so that the width need not be known. The sequences are those of
 * invisible-island.net/xterm/ctlseqs/ctlseqs.html.
 */
final class MatrixFoot {
  private static final String ERASE_BELOW = "\033[J";
  private static final String FAINT = "\033[2m";
  private static final String PLAIN = "\033[0m";

  private static final Set<String> WITHOUT = Set.of("", "dumb");
  private static final int USUAL_ROWS = 24;

  /** Of a screen's lines, a third at most. */
  private static final int PART = 3;

  private final StandardStream err;
  private final boolean outIsTerminal;
  private final IntSupplier rows;

  /** What the output of all runs has made of the terminal. */
  private final Screen screen = new Screen();

  private boolean withinCharacter;
  private List<String> shown = List.of();
  private CompletableFuture<Void> drawn = CompletableFuture.completedFuture(null);

  /** That of standard error, if it is a terminal that can have one; may block for some 10 ms. */
  static Optional<MatrixFoot> open(Environment environment) {
    String term = environment.variables().getOrDefault("TERM", "");
    if (!Environment.isTerminal(2) || WITHOUT.contains(term)) {
      return Optional.empty();
    }
    Optional<Console> console = Environment.isTerminal(0) ? Console.open() : Optional.empty();
    AtomicInteger rows =
        new AtomicInteger(console.map(each -> each.sizeAtFirst().rows()).orElse(USUAL_ROWS));
    console.ifPresent(
        each -> {
          each.onResize(size -> rows.set(size.rows()));
          Signals.on("WINCH", each::resized, line -> {});
        });
    return Optional.of(new MatrixFoot(StandardStream.err(), Environment.isTerminal(1), rows::get));
  }

  /**
   * Shows nothing yet.
   *
   * @param err leads to the terminal
   * @param outIsTerminal whether standard output does, too
   * @param rows tells how many rows the terminal has
   */
  MatrixFoot(StandardStream err, boolean outIsTerminal, IntSupplier rows) {
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.rows = rows;
    screen.end();
  }

  /**
   * Shows these, as many as there is room for, in place of those before. Nothing, while the output
   * has stopped where no other byte may be: within a character or a control sequence.
   */
  void show(List<String> lines) {
    List<String> fitting = lines.subList(0, Math.min(lines.size(), mostLines()));
    if (!fitting.equals(shown) && !withinCharacter && !screen.isWithinSequence()) {
      shown = fitting;
      err.write(picture(fitting).getBytes(StandardCharsets.UTF_8));
      drawn = err.flushed();
    }
  }

  /** A line of the client's own, on a line of its own, behind what erases the foot. */
  String before(String line) {
    String text = erasing() + screen.line(line).stripTrailing();
    withinCharacter = false;
    return text;
  }

  /** Some output, behind what erases the foot, if it goes to the terminal. */
  byte[] before(Stream stream, byte[] data) {
    if (data.length == 0 || stream == Stream.STDOUT && !outIsTerminal) {
      return data;
    }
    screen.show(data);
    withinCharacter = data[data.length - 1] < 0;
    byte[] erasing = erasing().getBytes(StandardCharsets.US_ASCII);
    if (erasing.length == 0) {
      return data;
    }
    byte[] both = Arrays.copyOf(erasing, erasing.length + data.length);
    System.arraycopy(data, 0, both, erasing.length, data.length);
    return both;
  }

  /**
   * Until the foot is known to be drawn, what is written may come before it on the other stream.
   */
  private String erasing() {
    String erasing = shown.isEmpty() ? "" : ERASE_BELOW;
    if (drawn.isDone()) {
      shown = List.of();
    }
    return erasing;
  }

  private static String picture(List<String> lines) {
    if (lines.isEmpty()) {
      return ERASE_BELOW;
    }
    StringBuilder text = new StringBuilder(ERASE_BELOW);
    text.append("\033D".repeat(lines.size())).append("\033[").append(lines.size()).append('A');
    text.append("\0337\033[?7l").append(FAINT);
    lines.forEach(line -> text.append("\r\n").append(line));
    return text.append(PLAIN).append("\033[?7h\0338").toString();
  }

  private int mostLines() {
    return Math.max(1, rows.getAsInt() / PART);
  }
}
