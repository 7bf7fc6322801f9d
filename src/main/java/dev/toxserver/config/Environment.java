package dev.toxserver.config;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the process finds around it: variables, the conf folder, and which streams are terminals.
 *
 * @param variables the environment variables
 * @param folder the working directory, as an absolute path
 * @param confFolders where conf files are looked for, the first that has one wins
 */
public record Environment(Map<String, String> variables, Path folder, List<Path> confFolders) {

  private static final int S_IFMT = 0170000;
  private static final int S_IFIFO = 0010000;
  private static final int S_IFSOCK = 0140000;

  /**
   * The real one: conf/ lies beside the jar, or beside the folder (target/, lib/) that holds it.
   */
  public static Environment ofProcess() {
    return new Environment(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        confFolders(System.getProperty("java.class.path")));
  }

  /** A file in the first conf folder that has it. */
  public Optional<Path> confFile(String name) {
    return confFolders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * Whether one of the process's own streams is a terminal. Java tells it only of all streams
   * together; Linux tells it of each by where /proc/self/fd leads.
   *
   * @param fileDescriptor 0 for standard input, 1 for standard output, 2 for standard error
   */
  public static boolean isTerminal(int fileDescriptor) {
    try {
      String target = Path.of("/proc/self/fd/" + fileDescriptor).toRealPath().toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (java.io.IOException e) {
      return System.console() != null && !Files.isDirectory(Path.of("/proc/self"));
    }
  }

  /**
   * Whether one of the process's own streams is a pipe or a socket, whose reader may leave. The
   * failure of a write has only a text, in the language of the system, to tell that from a full
   * disk. The attribute is the JDK's own, and its bits are those of stat(2).
   *
   * @param fileDescriptor 1 for standard output, 2 for standard error
   */
  public static boolean isPipe(int fileDescriptor) {
    try {
      int mode = (int) Files.getAttribute(Path.of("/dev/fd/" + fileDescriptor), "unix:mode");
      return (mode & S_IFMT) == S_IFIFO || (mode & S_IFMT) == S_IFSOCK;
    } catch (java.io.IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether somebody has piped something into this process that it has not read. */
  public static boolean hasUnreadInput() {
    try {
      return !isTerminal(0) && new FileInputStream(FileDescriptor.in).available() > 0;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  /**
   * The program's arguments as they were typed. In a C locale, Java decodes them as ASCII and loses
   * what is not; Linux still has the bytes in /proc/self/cmdline, and they are UTF-8 nearly always.
   *
   * @param decoded what main was given
   */
  public static String[] rawArguments(String[] decoded) {
    if (String.join("", decoded).indexOf('\uFFFD') < 0) {
      return decoded;
    }
    try {
      String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      String[] all = line.split("\0", -1);
      // The line ends with a NUL, so the last part is empty and no argument.
      int end = all.length - 1;
      return Arrays.copyOfRange(all, end - decoded.length, end);
    } catch (java.io.IOException e) {
      return decoded;
    }
  }

  /**
   * The variables as they were set. In a C locale, Java decodes them as ASCII as well; Linux has
   * their bytes in /proc/self/environ.
   */
  public Map<String, String> rawVariables() {
    // The usual case. To walk through them, Java would load classes that no archive of ours has.
    if ("UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      return variables;
    }
    for (String value : variables.values()) {
      if (value.indexOf('\uFFFD') >= 0) {
        return readVariables();
      }
    }
    return variables;
  }

  private Map<String, String> readVariables() {
    Map<String, String> raw = new HashMap<>(variables);
    try {
      String all = Files.readString(Path.of("/proc/self/environ"), StandardCharsets.UTF_8);
      for (String each : all.split("\0")) {
        int end = each.indexOf('=');
        if (end > 0) {
          raw.replace(each.substring(0, end), each.substring(end + 1));
        }
      }
    } catch (java.io.IOException e) {
      // There is no such file, or what is in it is no UTF-8 either.
    }
    return raw;
  }

  /**
   * The class path says where the jar is, not the code source of a class: a class from an archive
   * has there what was true where the archive was made.
   */
  private static List<Path> confFolders(String classPath) {
    try {
      // The jar may be an open file, as in /dev/fd/9.
      return confFolders(Path.of(classPath.split(File.pathSeparator, 2)[0]).toRealPath());
    } catch (java.io.IOException e) {
      return List.of();
    }
  }

  /**
   * Where conf files are looked for, the first that has one wins.
   *
   * @param program the jar, or a folder of classes, as an absolute path
   */
  static List<Path> confFolders(Path program) {
    Path folder = program.getParent();
    Path above = folder.getParent();
    return above == null
        ? List.of(folder.resolve("conf"))
        : List.of(folder.resolve("conf"), above.resolve("conf"));
  }
}
