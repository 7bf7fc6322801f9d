package dev.toxserver;

import dev.toxserver.cli.ToxServer;
import dev.toxserver.config.Environment;

/** The program: hands its arguments to the command line and leaves with its exit code. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    Environment environment = Environment.ofProcess();
    ToxServer toxServer = new ToxServer(environment);
    String[] given = Environment.rawArguments(args);
    boolean client = toxServer.startsClient(given);
    int code = 1;
    try {
      code = toxServer.execute(given);
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
