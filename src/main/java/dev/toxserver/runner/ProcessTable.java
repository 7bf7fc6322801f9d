package dev.toxserver.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Path PROC = Path.of("/proc");

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

  static List<Entry> read() {
    if (!Files.isReadable(PROC.resolve("self/stat"))) {
      return readWithoutProc();
    }
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        parse(folder).ifPresent(entries::add);
      }
    } catch (IOException e) {
      return readWithoutProc();
    }
    return entries;
  }

  /**
   * Whether a process was started with a variable in its environment.
   *
   * @param variable as in {@code NAME=value}, whole: each ends with a NUL there
   */
  static boolean carries(long pid, String variable) {
    try {
      Path file = PROC.resolve(pid + "/environ");
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(variable + "\0");
    } catch (IOException e) {
      // Gone, or somebody else's.
      return false;
    }
  }

  /** The command (field 2) may hold blanks and parentheses; what we want comes after its last. */
  private static Optional<Entry> parse(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      long pid = Long.parseLong(folder.getFileName().toString());
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
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
