package dev.toxserver.e2e;

import static org.awaitility.Awaitility.await;

import java.util.List;

/** What watch shows in a terminal's window while nothing goes on: its line at the foot. */
final class WatchWindow {
  private static final String FOOT = "[WATCH]";

  private WatchWindow() {}

  /** A client that watches its folder, for a window. */
  static List<String> command(Server server, String... args) {
    List<String> all = JarProcess.command();
    all.addAll(List.of("-p", String.valueOf(server.port()), "--ignore", JarProcess.STATE, "watch"));
    all.addAll(List.of(args));
    return all;
  }

  /** Waits until the line was shown so many times; what it says now. */
  static String awaitFoot(TerminalWindow window, int number) {
    await("rest " + number)
        .atMost(Captured.DEADLINE)
        .until(() -> window.out().text().split("\\[WATCH]", -1).length - 1 >= number);
    String text = window.out().text();
    return text.substring(text.lastIndexOf(FOOT));
  }
}
