package dev.toxserver.config;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/**
 * How much is logged.
 *
 * @param number on the scale of the original tool (Python's): 10 debug, 20 info, 30 warning, 40
 *     error
 */
public record LogLevel(int number) {
  /**
   * For what is no trouble, but is said unless only errors are wanted: where a server listens, what
   * it waits for. java.util.logging has no level of its own for that.
   */
  public static final Level NOTICE = Level.WARNING;

  /** Reads a name or a number; nothing if it is neither. */
  public static Optional<LogLevel> parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "debug" -> Optional.of(new LogLevel(10));
      case "info" -> Optional.of(new LogLevel(20));
      case "warning", "warn" -> Optional.of(new LogLevel(30));
      case "error" -> Optional.of(new LogLevel(40));
      case "critical" -> Optional.of(new LogLevel(50));
      default -> number(word);
    };
  }

  /** Whether traces are wanted. */
  public boolean isDebug() {
    return number <= 10;
  }

  /** The nearest level of java.util.logging that shows at least as much. */
  public Level toJavaLevel() {
    if (isDebug()) {
      return Level.FINE;
    }
    if (number <= 20) {
      return Level.INFO;
    }
    if (number <= 30) {
      return Level.WARNING;
    }
    return number <= 40 ? Level.SEVERE : Level.OFF;
  }

  private static Optional<LogLevel> number(String word) {
    try {
      return Optional.of(new LogLevel(Integer.parseInt(word)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
