package dev.toxserver.runner;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machine's processes, from /proc (see proc(5)). Blocking: 1 to 15 ms.
 *
 * <p>This is the one place that knows that macOS has no /proc: there, processes are found by
 * descent only, so what was double-forked can escape.
 */
final class ProcessTable {
  private static final File PROC = new File("/proc");

  /** More than the 52 numbers and the short name in it can take. */
  private static final int STAT_BYTES = 2048;

  private ProcessTable() {}

  /**
   * A process that is alive (zombies are not).
   *
   * @param startTime in ticks since boot; with the pid it names a process for ever
   * @param group the process group, or -1 if it can't be known
   */
  record Entry(long pid, long startTime, long parent, long group) {
    /** Two looks at one process are equal, even if its parent has died in between. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Entry that && pid == that.pid && startTime == that.startTime;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(pid) * 31 + Long.hashCode(startTime);
    }

    /** To send it a signal; empty if it is gone. */
    Optional<ProcessHandle> handle() {
      return ProcessHandle.of(pid);
    }
  }

  /** Whether this machine has a /proc. */
  static boolean isThere() {
    return new File(PROC, "self/stat").canRead();
  }

  static List<Entry> read() {
    String[] names = PROC.list();
    if (names == null || !isThere()) {
      return readWithoutProc();
    }
    List<Entry> entries = new ArrayList<>();
    for (String name : names) {
      if (Character.isDigit(name.charAt(0))) {
        read(Long.parseLong(name)).ifPresent(entries::add);
      }
    }
    return entries;
  }

  /** When a process was started, in the ticks of its entry; 0 if that can't be known. */
  static long startTime(long pid) {
    return read(pid).map(Entry::startTime).orElse(0L);
  }

  /**
   * Whether a process was started with a variable in its environment.
   *
   * @param variable as in {@code NAME=value}, whole: each ends with a NUL there
   */
  static boolean carries(long pid, String variable) {
    try (FileInputStream in = new FileInputStream(PROC + "/" + pid + "/environ")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(variable + "\0");
    } catch (IOException e) {
      // Gone, or somebody else's.
      return false;
    }
  }

  /**
   * With as few calls as can be: a look at a hundred processes is a part of every run. The command
   * (field 2) may hold blanks and parentheses; what we want comes after its last.
   */
  private static Optional<Entry> read(long pid) {
    byte[] buffer = new byte[STAT_BYTES];
    try (FileInputStream in = new FileInputStream(PROC + "/" + pid + "/stat")) {
      int length = in.read(buffer);
      if (length <= 0) {
        return Optional.empty();
      }
      String stat = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      return Optional.of(
          new Entry(
              pid,
              Long.parseLong(fields[19]),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Entry> readWithoutProc() {
    return ProcessHandle.allProcesses()
        .map(
            handle ->
                new Entry(
                    handle.pid(),
                    handle.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L),
                    handle.parent().map(ProcessHandle::pid).orElse(0L),
                    -1))
        .toList();
  }
}
