package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.client.console.Console;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.When;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The user's keyboard: watch has it, and lends it to a run in the debugger. All calls are on the
 * main thread.
 */
final class WatchKeyboard {
  private final Console console;
  private final UserInput user;
  private final String term;
  private final Turns turns;

  private Consumer<byte[]> taker;
  private volatile TerminalSize size;
  private boolean lent;

  private WatchKeyboard(Console console, String term, Turns turns) {
    this.console = console;
    this.term = term;
    this.turns = turns;
    user = new UserInput(Optional.of(console), false);
    size = console.sizeAtFirst();
  }

  /**
   * The one there is, if all three streams are terminals and nobody says otherwise.
   *
   * @param term what {@code TERM} says
   */
  static Optional<WatchKeyboard> open(When wanted, String term, Terminal terminal, Turns turns) {
    return LocalSide.console(wanted, terminal)
        .map(console -> new WatchKeyboard(console, term, turns));
  }

  /** Begins to read: the taker gets keys as they are typed. */
  void begin(Consumer<byte[]> keys) {
    taker = keys;
    Signals.on("WINCH", console::resized, line -> {});
    Signals.on("CONT", console::continued, line -> {});
    takeBack();
  }

  /** How many columns the terminal has now. */
  int columns() {
    return size.columns();
  }

  /** How many rows it has. */
  int rows() {
    return size.rows();
  }

  /** A terminal like the user's, for a run. */
  TerminalRequest terminal() {
    return Console.request(Optional.of(console), term);
  }

  /** For a run that is to have the keyboard; {@link #takeBack} follows. */
  UserInput lend() {
    lent = true;
    return user;
  }

  /** The keys are watch's again. */
  void takeBack() {
    lent = false;
    console.onResize(now -> size = now);
    console.passKeys();
    // A terminal that is gone has no keys, and the signal of its hang-up ends the client.
    user.read(() -> turns.execute(this::typed), () -> {});
    user.more();
  }

  /** Leaves the terminal as it was found. */
  void close() {
    user.close();
  }

  private void typed() {
    if (!lent) {
      taker.accept(user.take());
    }
    if (!lent) {
      user.more();
    }
  }
}
