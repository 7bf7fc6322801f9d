package dev.toxserver.runner;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The machine's processes, from /proc (see proc(5)). Blocking: 10 to 50 µs for each process.
 *
 * <p>This is the one place that knows that macOS has no /proc: there, processes are found by
 * descent only, so what was double-forked can escape.
 */
final class ProcessTable {
  private static final File PROC = new File("/proc");
  private static final boolean HAS_PROC = new File(PROC, "self/stat").canRead();

  /** More than the 52 numbers and the short name in a stat file take, or 16 lines of limits. */
  private static final int MOST_BYTES = 4096;

  /** Where processes are started all the time, somebody is new in each. */
  private static final int MOST_LISTINGS = 50;

  private static final String LOCKS = "\nMax file locks ";

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

    /** To send it a signal; empty if it is gone, even if another process has its id by now. */
    Optional<ProcessHandle> handle() {
      return ProcessHandle.of(pid).filter(handle -> read(pid).filter(this::equals).isPresent());
    }
  }

  /** Whether this machine has a /proc. */
  static boolean isThere() {
    return HAS_PROC;
  }

  /**
   * Hands over every process, then those that have been started meanwhile, until there is nobody
   * new: so none slips through by forking and ending. (A listing goes by number, and a child has a
   * higher one than its parent, but for the moment when numbers begin anew.)
   *
   * @throws UncheckedIOException if it can't be known now who is there, for want of a descriptor
   */
  static void forEach(Consumer<Entry> each) {
    forEach(pid -> true, each);
  }

  /** The same, without most of those that are older than a run; at a tenth of the cost. */
  static void forEachSince(Beginning run, Consumer<Entry> each) {
    if (HAS_PROC && run.canTell()) {
      forEach(pid -> !run.isAfter(folder(pid)), each);
    } else {
      forEach(each);
    }
  }

  private static void forEach(LongPredicate wanted, Consumer<Entry> each) {
    Set<Long> seen = new HashSet<>();
    boolean anyNew = true;
    for (int listings = 0; anyNew && listings < MOST_LISTINGS; listings++) {
      anyNew = false;
      for (long pid : ids()) {
        if (seen.add(pid)) {
          anyNew = true;
          if (wanted.test(pid)) {
            read(pid).ifPresent(each);
          }
        }
      }
    }
  }

  /** The folder of a process; it is there only where there is a /proc. */
  static File folder(long pid) {
    return new File(PROC, Long.toString(pid));
  }

  /** All ids, the highest first: its process is the newest, and the first to be gone again. */
  private static long[] ids() {
    if (!HAS_PROC) {
      return ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid).toArray();
    }
    String[] names = PROC.list();
    if (names == null) {
      throw new UncheckedIOException(new IOException("/proc can not be listed"));
    }
    long[] ids = new long[names.length];
    int count = 0;
    // The kernel lists them by their numbers.
    for (int n = names.length - 1; n >= 0; n--) {
      if (Character.isDigit(names[n].charAt(0))) {
        ids[count++] = Long.parseLong(names[n]);
      }
    }
    return Arrays.copyOf(ids, count);
  }

  /**
   * One process; empty if it is gone. The command (field 2) may hold blanks and parentheses; what
   * we want comes after its last.
   *
   * @throws UncheckedIOException if it is there and can't be read, for want of a descriptor
   */
  static Optional<Entry> read(long pid) {
    if (!HAS_PROC) {
      return ProcessHandle.of(pid).map(ProcessTable::withoutProc);
    }
    String stat = text(pid, "stat");
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
    if (fields[0].equals("Z") || fields[0].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            pid, Long.parseLong(fields[19]), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
  }

  /** Whether a process has a run's mark. */
  static boolean carries(long pid, Mark mark) {
    if (!HAS_PROC) {
      return false;
    }
    String limits = text(pid, "limits");
    int locks = limits.indexOf(LOCKS);
    return locks >= 0 && limits.substring(locks + LOCKS.length()).strip().startsWith(mark + " ");
  }

  /**
   * Whether a process has one of these open, by the names that /proc gives them; false also if its
   * user is another and we are not root.
   */
  static boolean holds(long pid, Set<String> names) {
    File folder = new File(PROC, pid + "/fd");
    String[] open = folder.list();
    for (String descriptor : open == null ? new String[0] : open) {
      try {
        if (names.contains(
            Files.readSymbolicLink(folder.toPath().resolve(descriptor)).toString())) {
          return true;
        }
      } catch (IOException e) {
        // Closed meanwhile.
      }
    }
    return false;
  }

  /** A process, its parent, and so on up to the first. */
  static Set<Entry> lineage(long pid) {
    Set<Entry> lineage = new HashSet<>();
    Optional<Entry> next = read(pid);
    while (next.isPresent() && lineage.add(next.get())) {
      next = read(next.get().parent());
    }
    return lineage;
  }

  /** What /proc says of a process, in one read; empty if it is gone. */
  private static String text(long pid, String name) {
    File file = new File(PROC, pid + "/" + name);
    byte[] buffer = new byte[MOST_BYTES];
    try (FileInputStream in = new FileInputStream(file)) {
      int length = in.read(buffer);
      return length <= 0 ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      if (file.exists()) {
        throw new UncheckedIOException(e);
      }
      return "";
    }
  }

  private static Entry withoutProc(ProcessHandle handle) {
    return new Entry(
        handle.pid(),
        handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
        handle.parent().map(ProcessHandle::pid).orElse(0L),
        -1);
  }
}
