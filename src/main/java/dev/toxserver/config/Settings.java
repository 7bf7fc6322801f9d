package dev.toxserver.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of all settings: from the command line, then the environment, then the settings file,
 * then the defaults. Every getter checks the value and names its source when it is wrong.
 */
public final class Settings {
  private static final int DEFAULT_RANK = 3;

  private final Map<Setting, String> commandLine;
  private final Map<String, String> environment;
  private final Map<Setting, String> file;

  private record Value(String text, String source, int rank) {
    InvalidSettingException wrong(Setting setting) {
      return new InvalidSettingException(
          source + ": '" + text + "' is not " + setting.type().expectation);
    }

    InvalidSettingException outOfRange(Setting setting) {
      return new InvalidSettingException(
          source + ": '" + text + "' is out of range: give " + setting.type().expectation);
    }
  }

  /** Takes the three sources; the environment is passed in so that tests need none. */
  public Settings(
      Map<Setting, String> commandLine,
      Map<String, String> environment,
      Map<Setting, String> file) {
    this.commandLine = Map.copyOf(commandLine);
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
  }

  /** A setting that must be given, as a port. */
  public int port(Setting setting) {
    return optionalPort(setting)
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    "no %s: give %s NUMBER or set %s"
                        .formatted(setting.key(), setting.flags().get(0), setting.variable())));
  }

  /** A setting that need not be given, as a port. */
  public Optional<Integer> optionalPort(Setting setting) {
    return find(setting).map(value -> port(setting, value));
  }

  private static int port(Setting setting, Value value) {
    long port = wholeNumber(setting, value);
    if (port < 0 || port > 65_535) {
      throw value.outOfRange(setting);
    }
    return (int) port;
  }

  /** A setting with a default, as text. */
  public String text(Setting setting) {
    Value value = required(setting);
    if (value.text().isBlank()) {
      throw new InvalidSettingException(value.source() + ": is empty");
    }
    return value.text();
  }

  /** A setting that need not be given, as text. */
  public Optional<String> optionalText(Setting setting) {
    return find(setting).map(Value::text).filter(text -> !text.isBlank());
  }

  /** A setting that need not be given, as a path. */
  public Optional<Path> optionalPath(Setting setting) {
    return optionalText(setting).map(Path::of);
  }

  /** A setting that need not be given, as a time in seconds. */
  public Optional<Double> optionalSeconds(Setting setting) {
    return find(setting).map(value -> seconds(setting, value));
  }

  /** A setting with a default, as a time in milliseconds. */
  public long millis(Setting setting) {
    return Math.round(seconds(setting, required(setting)) * 1000);
  }

  /** A setting with a default, as a count or a number of bytes. */
  public int count(Setting setting) {
    Value value = required(setting);
    long count = wholeNumber(setting, value);
    long least =
        switch (setting.type()) {
          case COUNT_OR_ZERO -> 0;
          case BYTES -> 65_536;
          default -> 1;
        };
    if (count < least || count > Integer.MAX_VALUE) {
      throw value.outOfRange(setting);
    }
    return (int) count;
  }

  /** A setting with a default, as a number of bytes that may be beyond those of a process. */
  public long size(Setting setting) {
    Value value = required(setting);
    long size = wholeNumber(setting, value);
    if (size < 1 << 20 || size > 1L << 40) {
      throw value.outOfRange(setting);
    }
    return size;
  }

  /** A setting with a default, as one of some words. */
  String oneOf(Setting setting, List<String> words) {
    Value value = required(setting);
    String word = value.text().toLowerCase(java.util.Locale.ROOT);
    if (!words.contains(word)) {
      throw new InvalidSettingException(
          value.source() + ": '" + value.text() + "' is not " + String.join(" or ", words));
    }
    return word;
  }

  /** A setting with a default, as on or off. */
  public boolean on(Setting setting) {
    Value value = required(setting);
    return switch (value.text().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw value.wrong(setting);
    };
  }

  /** A setting with a default, as auto, always or never; on and off are the latter two. */
  public When when(Setting setting) {
    Value value = required(setting);
    return switch (value.text().toLowerCase(java.util.Locale.ROOT)) {
      case "auto" -> When.AUTO;
      case "always" -> When.ALWAYS;
      case "never" -> When.NEVER;
      default -> on(setting) ? When.ALWAYS : When.NEVER;
    };
  }

  /** The log level. */
  public LogLevel logLevel() {
    Value value = required(Setting.LOG_LEVEL);
    return LogLevel.parse(value.text()).orElseThrow(() -> value.wrong(Setting.LOG_LEVEL));
  }

  /** Each setting that somebody gave, and where, for a log; what is secret is not shown. */
  public List<String> given() {
    List<String> given = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      find(setting)
          .filter(value -> value.rank() < DEFAULT_RANK)
          .ifPresent(
              value ->
                  given.add(
                      setting.key()
                          + (setting.isSecret() ? "" : " = " + value.text())
                          + ", from "
                          + value.source()));
    }
    return given;
  }

  /** Whether one is given by a stronger source than another, which may be given by none. */
  boolean outranks(Setting one, Setting other) {
    return rank(one) < rank(other);
  }

  private int rank(Setting setting) {
    return find(setting).map(Value::rank).orElse(Integer.MAX_VALUE);
  }

  private Value required(Setting setting) {
    return find(setting).orElseThrow();
  }

  private Optional<Value> find(Setting setting) {
    if (commandLine.containsKey(setting)) {
      String flags = String.join(", ", setting.flags());
      return Optional.of(new Value(commandLine.get(setting), flags, 0));
    }
    // An empty variable counts as unset: that is what compose files make of one not given. So does
    // an empty line of the file, which is how the shipped one shows a setting without a default.
    String variable = environment.getOrDefault(setting.variable(), "");
    if (!variable.isEmpty()) {
      return Optional.of(new Value(variable, setting.variable(), 1));
    }
    String line = file.getOrDefault(setting, "");
    if (!line.isEmpty()) {
      return Optional.of(new Value(line, setting.key() + " in the settings file", 2));
    }
    return setting.defaultValue().map(text -> new Value(text, setting.key(), DEFAULT_RANK));
  }

  private static double seconds(Setting setting, Value value) {
    double seconds;
    try {
      seconds = Double.parseDouble(value.text().strip());
    } catch (NumberFormatException e) {
      throw value.wrong(setting);
    }
    if (Double.isNaN(seconds)) {
      throw value.wrong(setting);
    }
    double least = setting.type() == SettingType.SECONDS ? 0.01 : 0;
    if (seconds < least || seconds > 86_400) {
      throw value.outOfRange(setting);
    }
    return seconds;
  }

  private static long wholeNumber(Setting setting, Value value) {
    String text = value.text().strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      // So many digits that not even a long holds them.
      throw text.matches("[+-]?\\d+") ? value.outOfRange(setting) : value.wrong(setting);
    }
  }
}
