package dev.toxserver.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sets up java.util.logging, which Vert.x uses by itself: one line a record, on standard error.
 *
 * <p>Lines are handed to {@link StandardStream}, so that logging never blocks an event loop; when
 * nobody reads standard error and its queue is full, lines are dropped.
 */
public final class Logging {
  /** The logging configuration's name in the conf folder. */
  public static final String FILE = "logging.properties";

  private static final String OWN_LOGGERS = "dev.toxserver";

  /** Kept here: java.util.logging itself holds a logger only weakly, and its level with it. */
  private static final Logger OWN = Logger.getLogger(OWN_LOGGERS);

  /**
   * The stock bridge's log: a line for each connection that was reset, as if that were an error.
   * Our own guard tells of what matters.
   */
  private static final Logger BRIDGE = Logger.getLogger("io.vertx.ext.eventbus.bridge.tcp");

  private Logging() {}

  /**
   * Reads the file, if there is one, for the levels of single loggers, and sends everything that
   * passes to standard error.
   *
   * @param command the word in front of each line, as in {@code [serve] …}
   * @param file where the levels of single loggers may be set
   * @throws InvalidSettingException if the file can't be read
   */
  public static void start(String command, LogLevel level, Optional<Path> file) {
    LogManager manager = LogManager.getLogManager();
    manager.reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    file.ifPresent(path -> read(manager, path));
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler handler = new StreamHandler(StandardStream.err(), new Line(command, level.isDebug()));
    handler.setLevel(level.toJavaLevel());
    root.addHandler(handler);
    OWN.setLevel(level.toJavaLevel());
    BRIDGE.setLevel(level.isDebug() ? Level.WARNING : Level.OFF);
  }

  private static void read(LogManager manager, Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      manager.readConfiguration(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingException(
          path + ": can't be read as a logging configuration (" + e.getMessage() + ")");
    }
  }

  /** One line a record: the command, the message, and at debug the trace of what was thrown. */
  private static final class Line extends Formatter {
    private final String command;
    private final boolean traces;

    Line(String command, boolean traces) {
      this.command = command;
      this.traces = traces;
    }

    @Override
    public String format(LogRecord record) {
      StringBuilder line = new StringBuilder("[").append(command).append("] ");
      // Some of it may come from the network: it must not look like another line, nor drive the
      // terminal.
      formatMessage(record)
          .chars()
          .map(c -> Character.isISOControl(c) ? '?' : c)
          .forEach(c -> line.append((char) c));
      Throwable thrown = record.getThrown();
      if (thrown != null && traces) {
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        line.append('\n').append(trace.toString().stripTrailing());
      }
      return line.toString();
    }
  }

  private static final class StreamHandler extends Handler {
    private final StandardStream stream;

    StreamHandler(StandardStream stream, Formatter formatter) {
      this.stream = stream;
      setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record) && !stream.isFull()) {
        stream.writeLine(getFormatter().format(record));
      }
    }

    @Override
    public void flush() {
      // Every line is on its way already.
    }

    @Override
    public void close() {
      // Standard error stays open.
    }
  }
}
