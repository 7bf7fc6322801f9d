package dev.toxserver.cli;

import dev.toxserver.client.console.Console;
import dev.toxserver.config.Environment;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final byte[] ERASE_BELOW = "\033[J".getBytes(StandardCharsets.US_ASCII);
  private static final String FAINT = "\033[2m";
  private static final String PLAIN = "\033[0m";

  private static final Set<String> WITHOUT = Set.of("", "dumb");
  private static final int USUAL_ROWS = 24;

  /** Of a screen's lines, a third at most. */
  private static final int PART = 3;

  private final IntSupplier rows;
  private final boolean outIsTerminal = Environment.isTerminal(1);
  private boolean midLine;
  private List<String> shown = List.of();

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
    return Optional.of(new MatrixFoot(rows::get));
  }

  /** Needs to know how many rows the terminal has. */
  MatrixFoot(IntSupplier rows) {
    this.rows = rows;
  }

  /** Shows these, as many as there is room for, in place of those before. */
  void show(List<String> lines) {
    List<String> fitting = lines.subList(0, Math.min(lines.size(), mostLines()));
    if (fitting.equals(shown)) {
      return;
    }
    shown = fitting;
    StandardStream.err().write(picture(fitting).getBytes(StandardCharsets.UTF_8));
  }

  private static String picture(List<String> lines) {
    if (lines.isEmpty()) {
      return "\033[J";
    }
    StringBuilder text = new StringBuilder("\033[J");
    text.append("\033D".repeat(lines.size())).append("\033[").append(lines.size()).append('A');
    text.append("\0337\033[?7l").append(FAINT);
    lines.forEach(line -> text.append("\r\n").append(line));
    return text.append(PLAIN).append("\033[?7h\0338").toString();
  }

  /**
   * A line of the client's own, behind what erases the foot, and on a line of its own. To erase
   * what is not there changes nothing.
   */
  String before(String line) {
    String text = (midLine ? "\n" : "") + "\033[J" + line;
    midLine = false;
    shown = List.of();
    return text;
  }

  /** Some output, behind what erases the foot, if it goes to the terminal. */
  byte[] before(Stream stream, byte[] data) {
    if (data.length == 0 || stream == Stream.STDOUT && !outIsTerminal) {
      return data;
    }
    midLine = data[data.length - 1] != '\n';
    shown = List.of();
    byte[] both = new byte[ERASE_BELOW.length + data.length];
    System.arraycopy(ERASE_BELOW, 0, both, 0, ERASE_BELOW.length);
    System.arraycopy(data, 0, both, ERASE_BELOW.length, data.length);
    return both;
  }

  private int mostLines() {
    return Math.max(1, rows.getAsInt() / PART);
  }
}
