package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.UserVariables;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.protocol.UserSide;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a run's program: the server's own, and over it what the client has given.
 *
 * @param all names and values; the values are nobody's business but the program's
 * @param notice which variables of the client's were left out, in one line
 * @param charset in which Java encodes variables
 */
record RunVariables(Map<String, String> all, Optional<String> notice, String charset) {
  private static final int MOST_NAMES = 10;
  private static final int LONGEST_NAME = 60;

  /**
   * That of one run. A client that tells of its variables also knows whether it wants colours: what
   * the server's own say of them does not count then. For any other, tox is asked for colours.
   */
  static RunVariables of(RunnerConfig config, UserSide side) {
    return of(config, side, System.getProperty("sun.jnu.encoding"));
  }

  /** The same, where Java encodes variables in this charset. */
  static RunVariables of(RunnerConfig config, UserSide side, String charset) {
    Map<String, String> all = new HashMap<>(config.environment());
    side.terminal()
        .ifPresent(
            terminal -> {
              all.put("TERM", terminal.term());
              // The size of another.
              all.keySet().removeAll(List.of("COLUMNS", "LINES"));
            });
    if (side.env().isEmpty()) {
      all.putIfAbsent("PY_COLORS", "1");
      return new RunVariables(all, Optional.empty(), charset);
    }
    all.keySet().removeIf(UserVariables::isOfColours);
    List<String> leftOut = new ArrayList<>();
    side.env()
        .get()
        .forEach(
            (name, value) -> {
              if (config.allowed().allows(name)) {
                all.put(name, value);
              } else if (!UserVariables.isOfTerminal(name)) {
                leftOut.add(shown(name));
              }
            });
    return new RunVariables(all, notice(leftOut), charset);
  }

  /** The same within a run's span, if it has one, in place of the one that they name. */
  RunVariables within(Optional<TraceContext> span) {
    if (span.isEmpty()) {
      return this;
    }
    Map<String, String> traced = new HashMap<>(all);
    span.get().putInto(traced);
    return new RunVariables(traced, notice, charset);
  }

  /** These and some of the server's own; what the user has said wins. */
  RunVariables and(Map<String, String> more) {
    Map<String, String> both = new HashMap<>(more);
    both.putAll(all);
    return new RunVariables(both, notice, charset);
  }

  /**
   * Sets them for a process to be, as far as Java can. Leaves what is right as it is: Java keeps
   * the bytes of a variable that it can't decode.
   */
  void setIn(Map<String, String> actual) {
    actual.keySet().retainAll(all.keySet());
    all.forEach(
        (name, value) -> {
          if (!value.equals(actual.get(name))) {
            actual.put(name, isEscaped(name) ? RawArguments.escape(value) : value);
          }
        });
  }

  /**
   * Words before the command that put back what Java or a shell does not hand on as it is. None of
   * what a client has given is among them: others can read a command line.
   */
  List<String> restored() {
    List<String> words = new ArrayList<>();
    StringBuilder decode = new StringBuilder();
    for (String name : all.keySet()) {
      if (isEscaped(name)) {
        // The dot keeps line ends, which $(…) would cut off.
        decode.append("%1$s=$(printf '%%b.' \"$%1$s\"); %1$s=${%1$s%%.}; ".formatted(name));
      }
    }
    if (!decode.isEmpty()) {
      words.addAll(List.of("sh", "-c", decode + "exec \"$@\"", "sh"));
    }
    words.addAll(unknownToShells());
    return words;
  }

  /**
   * Whether Java would put question marks into it, as it does in the C locale of a bare container.
   */
  private boolean isEscaped(String name) {
    String value = all.get(name);
    return UserVariables.isName(name)
        && !RawArguments.fits(value, charset)
        && !value.equals(System.getenv(name));
  }

  /** Dash and busybox drop {@code a.b} and bash's exported functions, which they could not name. */
  private List<String> unknownToShells() {
    List<String> odd = new ArrayList<>();
    all.forEach(
        (name, value) -> {
          if (!UserVariables.isName(name)) {
            odd.add(name + "=" + value);
          }
        });
    if (!odd.isEmpty()) {
      odd.add(0, "env");
    }
    return odd;
  }

  private static Optional<String> notice(List<String> leftOut) {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    Collections.sort(leftOut);
    int more = leftOut.size() - MOST_NAMES;
    String names = String.join(", ", leftOut.subList(0, Math.min(MOST_NAMES, leftOut.size())));
    return Optional.of(
        "the server takes no %s from its clients (serve --env-allow)"
            .formatted(more > 0 ? names + " and " + more + " more" : names));
  }

  /** A name that anybody may have sent, as it can be shown on a terminal. */
  private static String shown(String name) {
    String visible = name.replaceAll("[^A-Za-z0-9_.-]", "?");
    return visible.length() > LONGEST_NAME ? visible.substring(0, LONGEST_NAME) + "…" : visible;
  }
}
