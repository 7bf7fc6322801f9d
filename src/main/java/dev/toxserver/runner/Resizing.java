package dev.toxserver.runner;

import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.runner.terminal.Terminal;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives a terminal its newest size, one after the other: of a hundred that come meanwhile, the
 * last.
 *
 * <p>Lives on the runner's context.
 */
final class Resizing {
  private static final Logger LOG = Logger.getLogger(Resizing.class.getName());

  private final Workers workers;
  private Optional<Terminal> terminal = Optional.empty();
  private Process process;
  private TerminalSize wanted;
  private boolean isBusy;

  Resizing(Workers workers) {
    this.workers = workers;
  }

  /** The program begins. */
  void begin(Launched launched) {
    terminal = launched.streams().terminal();
    process = launched.process();
    goOn();
  }

  /** Gives it this size, as soon as it is there and has the one before. */
  void to(TerminalSize size) {
    wanted = size;
    goOn();
  }

  private void goOn() {
    if (wanted == null || isBusy || terminal.isEmpty()) {
      return;
    }
    TerminalSize size = wanted;
    wanted = null;
    isBusy = true;
    workers
        .run(
            () -> {
              terminal.get().resize(process, size);
              return null;
            })
        .onFailure(e -> LOG.log(Level.FINE, "a terminal keeps its size", e))
        .onComplete(
            done -> {
              isBusy = false;
              goOn();
            });
  }
}
