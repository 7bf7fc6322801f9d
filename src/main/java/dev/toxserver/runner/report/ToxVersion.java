package dev.toxserver.runner.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Which tox a server runs: each has its own way to be told what it is to do. */
public enum ToxVersion {
  /**
   * It has an option for it, and then its commands write to a file of its own first: they have no
   * terminal, and stderr is in stdout.
   */
  THREE,

  /** Or any later one. Each of its options is a variable, too. */
  FOUR,

  /** Perhaps it is no tox at all. */
  UNKNOWN;

  private static final int DEADLINE_SECONDS = 30;

  /** What tells it stands at the beginning: {@code 4.25.0 from …}. */
  private static final int MOST_BYTES = 2;

  /**
   * Asks it; blocks, perhaps for a second.
   *
   * @param tox the program, perhaps with arguments
   */
  public static ToxVersion of(List<String> tox, Map<String, String> environment)
      throws InterruptedException {
    List<String> command = new ArrayList<>(tox);
    command.add("--version");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return UNKNOWN;
      }
      try (InputStream said = process.getInputStream()) {
        return of(said.readNBytes(MOST_BYTES));
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static ToxVersion of(byte[] said) {
    if (said.length < MOST_BYTES || said[1] != '.' || said[0] < '3' || said[0] > '9') {
      return UNKNOWN;
    }
    return said[0] == '3' ? THREE : FOUR;
  }
}
