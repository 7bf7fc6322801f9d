package dev.toxserver.cli;

import dev.toxserver.watch.Change;

/** What watch does again after each save. All calls are on the main thread. */
interface Watched {
  /** Begins the first. */
  void start();

  /** Files were saved. */
  void saved(Change change);

  /** Says a line to the user. */
  void tell(String text);

  /** The user wants to leave: what is under way is ended first, unless they say it twice. */
  void interrupt();

  /** A signal ends the client. */
  void terminate(int signal);
}
