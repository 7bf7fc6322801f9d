package dev.toxserver.runner;

import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.runner.terminal.Terminal;
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
  private final Terminal terminal;
  private final Process process;
  private TerminalSize wanted;
  private TerminalSize begun;

  Resizing(Workers workers, Terminal terminal, Process process) {
    this.workers = workers;
    this.terminal = terminal;
    this.process = process;
  }

  /** Gives it this size, as soon as it has the one before. */
  void to(TerminalSize size) {
    wanted = size;
    if (begun == null) {
      begin();
    }
  }

  private void begin() {
    TerminalSize size = wanted;
    begun = size;
    workers
        .run(
            () -> {
              terminal.resize(process, size);
              return null;
            })
        .onFailure(e -> LOG.log(Level.FINE, "a terminal keeps its size", e))
        .onComplete(done -> goOn());
  }

  private void goOn() {
    boolean isOutdated = !begun.equals(wanted);
    begun = null;
    if (isOutdated) {
      begin();
    }
  }
}
