package dev.toxserver.client.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Commands on the terminal that is this process's standard input: stty, since Java can't set a
 * terminal itself, and native code for it takes longer to load than a process to start.
 */
final class Stty {
  /** A terminal whose window takes no more output keeps stty waiting. */
  private static final long PATIENCE_SECONDS = 2;

  private Stty() {}

  /**
   * Starts a command and waits for its end; blocks, for milliseconds if all is well.
   *
   * @return what it printed, if it went well
   */
  static Optional<String> run(String... command) {
    Process process = null;
    try {
      process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      byte[] printed = process.getInputStream().readAllBytes();
      return Optional.of(new String(printed, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }
}
