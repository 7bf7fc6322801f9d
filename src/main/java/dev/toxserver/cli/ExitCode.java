package dev.toxserver.cli;

/** The client's and the server's own exit codes; a run leaves with tox's. */
enum ExitCode {
  /** All went well. */
  OK(0),
  /** The server answered with an error, or could not be asked. */
  ERROR(1),
  /** Output of a run is missing that the server should have kept. */
  INCOMPLETE(1),
  /** The command line is wrong. */
  USAGE(2),
  /** The server was silent for longer than --timeout. */
  TIMED_OUT(2),
  /** The user left by ^C without waiting for the server. */
  INTERRUPTED(3),
  /** Nobody reads standard output any more: 128 + SIGPIPE, as a shell would have it. */
  OUTPUT_CLOSED(141),
  /** A signal ended the client; its number is added, as in a shell. */
  SIGNALLED(128);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
