package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.UserVariables;
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
 */
record RunVariables(Map<String, String> all, Optional<String> notice) {
  private static final int MOST_NAMES = 10;
  private static final int LONGEST_NAME = 60;

  /**
   * That of one run. A client that tells of its variables also knows whether it wants colours: what
   * the server's own say of them does not count then. For any other, tox is asked for colours.
   */
  static RunVariables of(RunnerConfig config, UserSide side) {
    Map<String, String> all = new HashMap<>(config.environment());
    if (side.env().isEmpty()) {
      all.putIfAbsent("PY_COLORS", "1");
      return new RunVariables(all, Optional.empty());
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
    return new RunVariables(all, notice(leftOut));
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
