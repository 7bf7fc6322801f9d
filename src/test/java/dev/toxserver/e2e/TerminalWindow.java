package dev.toxserver.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A terminal window of 100 columns and 30 rows with a command in it: {@link #type} is its keyboard,
 * {@link #out} its screen, byte for byte. The kernel's terminal is real, made by terminal.py.
 */
final class TerminalWindow extends JarProcess {
  private final OutputStream keyboard;
  private final String file;
  private final long commandsPid;

  private TerminalWindow(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    super(folder, environment, command);
    keyboard = in();
    err().awaitText("\n");
    String[] words = err().text().strip().split(" ");
    file = words[0];
    commandsPid = Long.parseLong(words[1]);
  }

  /** Opens a window with a command of the test's own. */
  static TerminalWindow open(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    String driver = Path.of("src/test/resources/terminal.py").toAbsolutePath().toString();
    List<String> all = new ArrayList<>(List.of("env", "TERM=xterm-256color"));
    all.addAll(List.of("python3", driver, "100", "30"));
    all.addAll(List.of(command));
    return new TerminalWindow(folder, environment, all);
  }

  /** Opens a window with a client in a shell, which shows the terminal's settings behind it. */
  static TerminalWindow ofClient(Path folder, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "trap : INT; \"$@\"; code=$?; echo; stty -g; exit $code", "sh"));
    command.addAll(command());
    command.addAll(List.of(args));
    return open(folder, Map.of(), command.toArray(String[]::new));
  }

  /** The process id of the command, which {@link #signal} and {@link #isAlive} are not about. */
  long commandsPid() {
    return commandsPid;
  }

  /** The process id of the client that the shell in the window waits for. */
  long clientsPid() {
    return ProcessHandle.of(commandsPid).orElseThrow().children().findFirst().orElseThrow().pid();
  }

  /** Presses keys: {@code \r} is the return key, {@code \003} is ^C. */
  void type(String keys) throws IOException {
    type(keys.getBytes(StandardCharsets.UTF_8));
  }

  /** Pastes bytes; returns when the terminal has taken nearly all of them. */
  void type(byte[] bytes) throws IOException {
    keyboard.write(bytes);
    keyboard.flush();
  }

  /** What was shown, with plain newlines: a terminal that is not raw adds a return to each. */
  String shown() {
    return out().text().replaceAll("\r+\n", "\n");
  }

  /** Closes the window, as a click on its cross does: the command is hung up. */
  void hangUp() throws IOException {
    keyboard.close();
  }

  /** Gives the window another size; who is in its foreground gets SIGWINCH. */
  void resize(int columns, int rows) throws Exception {
    // Both at once, as a window does; stty would set one after the other.
    String ioctl =
        "import fcntl, struct, termios; fcntl.ioctl(open('%s'), termios.TIOCSWINSZ,"
            + " struct.pack('HHHH', %d, %d, 0, 0))";
    command("python3", "-c", ioctl.formatted(file, rows, columns));
  }

  /** The terminal's settings, as stty saves them. */
  String settings() throws Exception {
    return stty("-g");
  }

  /** Waits until keys go to the command one by one, without an echo. */
  void awaitRaw() {
    awaitMode("the terminal is raw", this::isRaw);
  }

  /** Waits until lines are edited here again, with an echo. */
  void awaitCooked() {
    awaitMode("the terminal is restored", () -> !isRaw());
  }

  boolean isRaw() throws Exception {
    return stty("-a").contains("-icanon");
  }

  private static void awaitMode(String what, Callable<Boolean> condition) {
    await(what).atMost(Captured.DEADLINE).until(condition);
  }

  private String stty(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("stty", "-F", file));
    all.addAll(List.of(args));
    return command(all.toArray(String[]::new));
  }

  private static String command(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + output);
    }
    return output.strip();
  }
}
