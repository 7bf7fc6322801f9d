package dev.toxserver.cli;

import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * Handles signals with sun.misc.Signal: a shutdown hook can't see a second ^C. In a source folder
 * of its own, since javac's warning of that class can't be switched off, and warnings are errors
 * everywhere else. To call it by reflection would build classes at each start (5 ms).
 */
final class Signals {
  private Signals() {}

  /**
   * Calls back on each signal of this kind, on a thread of the virtual machine's.
   *
   * @param name without SIG
   * @param otherwise takes a line that says so if the signal can't be handled
   */
  static void on(String name, Runnable callback, Consumer<String> otherwise) {
    try {
      Signal.handle(new Signal(name), signal -> callback.run());
    } catch (IllegalArgumentException e) {
      // It is somebody else's, as under -Xrs.
      otherwise.accept("SIG" + name + " is not handled here (" + e.getMessage() + ")");
    }
  }
}
