package dev.toxserver.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables that describe the user's side of a run. A client hands these on by
 * itself, others if it is told to.
 */
public final class UserVariables {
  /** What is handed on without a word: the one list, which the README repeats. */
  public static final List<String> NAMES =
      List.of(
          "NO_COLOR",
          "FORCE_COLOR",
          "CLICOLOR",
          "CLICOLOR_FORCE",
          "PY_COLORS",
          "TERM",
          "COLORTERM",
          "CI",
          "GITHUB_ACTIONS",
          "TRACEPARENT",
          "TRACESTATE",
          "TOXENV",
          "TOX_SKIP_ENV",
          "TOX_PARALLEL_NO_SPINNER",
          "PYTEST_ADDOPTS");

  /** By these a user wants colours, or none. */
  private static final Set<String> COLOURS =
      Set.of("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PY_COLORS");

  /** Who wants no colours at all, by any of the conventions. */
  private static final String DUMB = "dumb";

  private static final Set<String> SECRETS =
      Set.of(
          Setting.TOKEN.variable(),
          Setting.TOKEN_FILE.variable(),
          Setting.RUNNER_TOKEN.variable(),
          Setting.RUNNER_TOKEN_FILE.variable(),
          Setting.TLS_CERT.variable(),
          Setting.TLS_KEY.variable(),
          Setting.NATS_PASSWORD.variable(),
          Setting.NATS_PASSWORD_FILE.variable(),
          Setting.NATS_CERT.variable(),
          Setting.NATS_KEY.variable());

  private static final Set<String> OF_A_PLACE = Set.of("PATH", "HOME", "PYTHONPATH", "VIRTUAL_ENV");

  private static final List<String> PREFIXES_OF_A_PLACE =
      List.of("LD_", "VIRTUALENV_", "TOX_SERVER_");

  private UserVariables() {}

  /** Those of the list that are set among the user's variables. */
  public static Map<String, String> of(Map<String, String> all) {
    Map<String, String> found = new HashMap<>();
    for (String name : NAMES) {
      String value = all.get(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }

  /**
   * Asks a program for colours that can't see that somebody sees them, in the words of tox 3 and of
   * tox 4: unless the variables that it is given say anything of colours.
   */
  public static void askForColours(Map<String, String> given) {
    boolean decided = DUMB.equals(given.get("TERM"));
    for (String name : COLOURS) {
      decided |= given.containsKey(name);
    }
    if (!decided) {
      given.put("PY_COLORS", "1");
      given.put("FORCE_COLOR", "1");
    }
  }

  /** Whether it says that the user wants colours, or none. */
  public static boolean isOfColours(String name) {
    return COLOURS.contains(name);
  }

  /** Whether it says what the user's terminal is like, so that it is set where there is one. */
  public static boolean isOfTerminal(String name) {
    return isOfColours(name) || name.equals("TERM") || name.equals("COLORTERM");
  }

  /** Whether it says where the user's files are, which is of no use over there. */
  public static boolean isOfPlace(String name) {
    if (OF_A_PLACE.contains(name)) {
      return true;
    }
    for (String prefix : PREFIXES_OF_A_PLACE) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is a secret between client and server, and no business of what is run. */
  public static boolean isSecret(String name) {
    return SECRETS.contains(name);
  }

  /** Whether a shell could name it so. */
  public static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
