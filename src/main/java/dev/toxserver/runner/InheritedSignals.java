package dev.toxserver.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which signals the programs that this process starts would not get, as proc(5) shows it. */
final class InheritedSignals {
  /** SIGINT and SIGQUIT, as bits of a set of signals. */
  private static final long INT_AND_QUIT = 1 << 1 | 1 << 2;

  private InheritedSignals() {}

  /**
   * Whether ^C and ^\ would reach a program: it inherits that they are neither ignored nor blocked.
   * Starts a program to find out, and blocks until it has ended. False where that can't be known.
   */
  static boolean letInterruptsThrough() {
    try {
      Process process =
          new ProcessBuilder("cat", "/proc/self/status").redirectErrorStream(true).start();
      return letInterruptsThrough(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false;
    }
  }

  /** The same of a process whose {@code /proc/PID/status} this is. */
  static boolean letInterruptsThrough(String status) {
    try {
      return signals(status, "SigBlk:")
          .flatMap(blocked -> signals(status, "SigIgn:").map(ignored -> blocked | ignored))
          .filter(lost -> (lost & INT_AND_QUIT) == 0)
          .isPresent();
    } catch (NumberFormatException e) {
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
