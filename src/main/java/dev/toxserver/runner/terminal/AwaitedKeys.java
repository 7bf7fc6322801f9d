package dev.toxserver.runner.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a program waits for the keyboard of its terminal and for nothing else: by the system call
 * that its first thread sleeps in, as Linux tells it (/proc/PID/syscall in proc(5)).
 *
 * <p>That is a read of the terminal, as of whoever asks for a line; or a select of standard input
 * alone and without a limit of time, as of all that use readline, Python's debugger among them. Who
 * sleeps in anything else counts as busy: who polls keys beside other things, who looks at them now
 * and then, and all where Linux does not tell (processors whose calls have other numbers, gVisor, a
 * program of another user). Nobody counts whose controlling terminal is another, or who is in the
 * background of this one: no key reaches them.
 */
public final class AwaitedKeys {
  private static final Calls HERE = Calls.of(System.getProperty("os.arch"));

  /** What asks for a password opens its terminal by this name. */
  private static final Path OWN = Path.of("/dev/tty");

  private static final String NONE = "0x0";

  /** The numbers of the calls that are asked for; as Linux has them. */
  record Calls(String read, Set<String> selects) {
    /** Those of a processor, by its name in Java; no numbers if they are not known. */
    static Calls of(String processor) {
      return switch (processor) {
        case "amd64" -> new Calls("0", Set.of("23", "270"));
        // asm-generic/unistd.h
        case "aarch64", "riscv64", "loongarch64" -> new Calls("63", Set.of("72"));
        default -> new Calls("", Set.of());
      };
    }
  }

  private AwaitedKeys() {}

  /**
   * Whether a program that was started, or one that it has started, waits for keys now. Blocks for
   * some milliseconds, on Java before 22 for up to two seconds where it has just been started.
   */
  public static boolean by(Process process, Terminal terminal) throws InterruptedException {
    try {
      Path keyboard = Path.of(terminal.name(process));
      String device = Files.getAttribute(keyboard, "unix:rdev").toString();
      try (Stream<ProcessHandle> all =
          Stream.concat(Stream.of(process.toHandle()), process.descendants())) {
        return all.map(each -> Path.of("/proc", Long.toString(each.pid())))
            .anyMatch(each -> isInForeground(each, device) && waits(each, keyboard));
      }
    } catch (IOException e) {
      // Its terminal is gone.
      return false;
    }
  }

  /** By the numbers of its group, its terminal and that terminal's foreground: proc_pid_stat(5). */
  private static boolean isInForeground(Path process, String device) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      // The program's name, in parentheses, may have any characters.
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return words[4].equals(device) && words[5].equals(words[2]);
    } catch (IOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  private static boolean waits(Path process, Path keyboard) {
    try {
      OptionalLong descriptor = awaited(Files.readString(process.resolve("syscall")), HERE);
      if (descriptor.isEmpty()) {
        return false;
      }
      Path file = Files.readSymbolicLink(process.resolve("fd/" + descriptor.getAsLong()));
      return file.equals(keyboard) || file.equals(OWN);
    } catch (IOException e) {
      // It has ended meanwhile, or may not be looked at.
      return false;
    }
  }

  /**
   * What a thread reads, or waits to read, without a limit of time and beside nothing else.
   *
   * @param call what /proc says: the call's number and its arguments, of which numbers are in
   *     hexadecimal; or that it runs
   */
  static OptionalLong awaited(String call, Calls calls) {
    String[] words = call.strip().split(" ");
    if (words[0].equals(calls.read())) {
      return OptionalLong.of(Long.decode(words[1]));
    }
    boolean isSelect = calls.selects().contains(words[0]);
    boolean onlyOfInput =
        isSelect && words[1].equals("0x1") && words[3].equals(NONE) && words[4].equals(NONE);
    return onlyOfInput && words[5].equals(NONE) ? OptionalLong.of(0) : OptionalLong.empty();
  }
}
