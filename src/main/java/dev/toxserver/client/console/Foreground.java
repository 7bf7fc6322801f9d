package dev.toxserver.client.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process may use its terminal: a job in the background that tries is stopped. */
final class Foreground {
  private static final int GROUP = 2;
  private static final int TERMINALS_GROUP = 5;

  private Foreground() {}

  static boolean isOurs() {
    try {
      return isForeground(Files.readString(Path.of("/proc/self/stat")));
    } catch (IOException e) {
      // There is no /proc on macOS; a job that is wrong there is stopped, and fg goes on.
      return true;
    }
  }

  /**
   * Reads it from a line of {@code /proc/PID/stat}; see proc(5). Who has no controlling terminal is
   * in nobody's background.
   */
  static boolean isForeground(String stat) {
    // The name of the program may hold anything, and stands in brackets.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return fields[TERMINALS_GROUP].equals("-1") || fields[TERMINALS_GROUP].equals(fields[GROUP]);
  }
}
