package dev.toxserver.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Which variables clients may give to the runs of a server.
 *
 * @param patterns names, or with {@code *} at the end what they begin with
 */
public record AllowedVariables(List<String> patterns) {
  /** All but the secrets of client and server. */
  public static final AllowedVariables ALL = new AllowedVariables(List.of("*"));

  private static final AllowedVariables NONE = new AllowedVariables(List.of());

  /**
   * Reads them from the settings.
   *
   * @throws InvalidSettingException if one is neither a name nor the beginning of one
   */
  static AllowedVariables from(Settings settings) {
    if (!settings.on(Setting.ENV)) {
      return NONE;
    }
    List<String> patterns = new ArrayList<>();
    for (String word : settings.text(Setting.ENV_ALLOW).split("[,\\s]+")) {
      String beginning = word.endsWith("*") ? word.substring(0, word.length() - 1) : word;
      if (!word.equals("*") && !UserVariables.isName(beginning)) {
        throw new InvalidSettingException(
            "env-allow: '%s' is not the name of a variable, perhaps with * at its end"
                .formatted(word));
      }
      patterns.add(word);
    }
    return new AllowedVariables(List.copyOf(patterns));
  }

  /** Whether clients may give a variable of this name; never one that a shell could not name. */
  public boolean allows(String name) {
    return UserVariables.isName(name) && !UserVariables.isSecret(name) && matches(name);
  }

  private boolean matches(String name) {
    for (String pattern : patterns) {
      boolean fits =
          pattern.endsWith("*")
              ? name.startsWith(pattern.substring(0, pattern.length() - 1))
              : name.equals(pattern);
      if (fits) {
        return true;
      }
    }
    return false;
  }
}
