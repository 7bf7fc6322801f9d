package dev.toxserver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class warns of in the log, in place of the log. */
public final class Warnings extends Handler implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level usual;

  public Warnings(Class<?> of) {
    logger = Logger.getLogger(of.getName());
    usual = logger.getLevel();
    setFormatter(new SimpleFormatter());
    logger.setLevel(Level.WARNING);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  public List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord message) {
    messages.add(getFormatter().formatMessage(message));
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(usual);
  }
}
