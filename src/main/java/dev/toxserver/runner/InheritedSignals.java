package dev.toxserver.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the programs that this process starts inherit from it, as proc(5) shows it of one. */
final class InheritedSignals {
  /** SIGINT and SIGQUIT, as bits of a set of signals. */
  private static final long INT_AND_QUIT = 1 << 1 | 1 << 2;

  private InheritedSignals() {}

  /**
   * Whether ^C and ^\ would reach a program: it neither ignores nor blocks them. Blocking: it
   * starts one. False where that can't be known.
   */
  static boolean letInterruptsThrough() {
    try {
      Process process =
          new ProcessBuilder("cat", "/proc/self/status").redirectErrorStream(true).start();
      String status =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return signals(status, "SigBlk:")
          .flatMap(blocked -> signals(status, "SigIgn:").map(ignored -> blocked | ignored))
          .filter(lost -> (lost & INT_AND_QUIT) == 0)
          .isPresent();
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  private static Optional<Long> signals(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .findFirst()
        .map(line -> Long.parseUnsignedLong(line.substring(field.length()).strip(), 16));
  }
}
