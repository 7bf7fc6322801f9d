package dev.toxserver.server.door;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the log is told of those who are turned away, in place of the screen. */
final class RefusalsLog extends Handler {
  private static final Logger LOG = Logger.getLogger(Refusals.class.getName());

  private final List<String> lines = new CopyOnWriteArrayList<>();

  RefusalsLog() {
    LOG.addHandler(this);
    LOG.setLevel(Level.WARNING);
    LOG.setUseParentHandlers(false);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord event) {
    lines.add(new SimpleFormatter().formatMessage(event));
  }

  @Override
  public void flush() {}

  /** The log is as it was before. */
  @Override
  public void close() {
    LOG.removeHandler(this);
    LOG.setLevel(null);
    LOG.setUseParentHandlers(true);
  }
}
