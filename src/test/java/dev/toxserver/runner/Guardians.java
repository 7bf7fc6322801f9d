package dev.toxserver.runner;

import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;

/** The guardians that this process has started. */
final class Guardians {
  private Guardians() {}

  /** Those that are there, and have their name already. */
  static Stream<ProcessHandle> all() {
    return ProcessHandle.current()
        .children()
        .filter(each -> each.info().commandLine().orElse("").contains("tox-server-guardian"));
  }

  /**
   * The process of the one that there is: it may just have been started. A process that becomes
   * another program, as setsid becomes the shell, has no command line for a moment.
   */
  static long pid() {
    await().until(() -> all().findAny().isPresent());
    return all().findFirst().orElseThrow().pid();
  }
}
