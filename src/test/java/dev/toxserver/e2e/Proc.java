package dev.toxserver.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells of a process: see proc(5). */
final class Proc {
  static final long MEGABYTE = 1024 * 1024;

  private static final Pattern MARK = Pattern.compile("Max file locks +\\d{18} ");

  private Proc() {}

  static long residentBytes(long pid) throws IOException {
    String pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }

  static long openFiles(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }

  static long threads(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.count();
    }
  }

  /** The letter of its state, Z for a zombie. */
  static char state(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  /** Whether the process lives, and is no zombie, whose id a file holds. */
  static boolean isAlive(Path file) {
    try {
      return state(Long.parseLong(Files.readString(file).strip())) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** What lives in a folder and was started by a run: its soft limit of file locks is odd. */
  static List<Long> ofRunsIn(Path folder) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> isOfRunIn(pid, folder))
        .toList();
  }

  private static boolean isOfRunIn(long pid, Path folder) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      return proc.resolve("cwd").toRealPath().startsWith(folder.toRealPath())
          && MARK.matcher(Files.readString(proc.resolve("limits"))).find()
          && state(pid) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  static String commandLine(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
  }

  /** Those of all processes that there are. */
  static String commandLines() {
    StringBuilder all = new StringBuilder();
    for (ProcessHandle each : ProcessHandle.allProcesses().toList()) {
      try {
        all.append(commandLine(each.pid())).append('\n');
      } catch (IOException e) {
        // It has ended.
      }
    }
    return all.toString();
  }

  /** What is left of a JVM's heap after a full collection, which counting its objects makes. */
  static long liveHeapBytes(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram").start();
    String[] lines = new String(process.getInputStream().readAllBytes()).strip().split("\n");
    return Long.parseLong(lines[lines.length - 1].strip().split("\\s+")[2]);
  }

  /** Whether the kernel looks for a gone peer of each connection to a port: its timer is 2. */
  static boolean keepsAlive(int port) throws IOException {
    return Stream.concat(
            Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
            Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(field -> field[1].endsWith(":%04X".formatted(port)) && field[3].equals("01"))
        .map(field -> field[5])
        .reduce((a, b) -> a.startsWith("02:") ? b : a)
        .orElseThrow()
        .startsWith("02:");
  }
}
