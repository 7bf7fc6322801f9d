package dev.toxserver;

import dev.toxserver.cli.ToxServer;
import dev.toxserver.config.Environment;

/** The program: hands its arguments to the command line and leaves with its exit code. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    Environment environment = Environment.ofProcess();
    System.exit(new ToxServer(environment).execute(Environment.rawArguments(args)));
  }
}
