package dev.toxserver;

import dev.toxserver.cli.ToxServer;
import dev.toxserver.config.Environment;

/** The program: hands its arguments to the command line and leaves with its exit code. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    boolean client = ToxServer.startsClient(args);
    int code = 1;
    try {
      code = new ToxServer(Environment.ofProcess()).execute(Environment.rawArguments(args));
    } catch (Error e) {
      // Threads that no longer listen would keep the process alive.
      System.err.println("tox-server: " + e);
    }
    if (client) {
      // All that it has printed is out. Since Java 21, an exit loads a logger first, to log itself.
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }
}
