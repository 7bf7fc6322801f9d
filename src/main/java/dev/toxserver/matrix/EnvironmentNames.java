package dev.toxserver.matrix;

import dev.toxserver.protocol.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of tox's environments, from the command line or from tox itself. */
public final class EnvironmentNames {
  /** More names than this can't be meant, not even of a matrix for many machines. */
  private static final int MOST = 10_000;

  private static final Pattern COMMA_OUTSIDE_BRACES = Pattern.compile(",(?![^{}]*})");
  private static final Pattern BRACES = Pattern.compile("([^{}]*)\\{([^{}]*)}(.*)");
  private static final Pattern NAME = Pattern.compile("[^-\\s{},][^\\s{},]*");

  private EnvironmentNames() {}

  /**
   * Those that the user names, each once: {@code py310,lint}, {@code py{310,311}-{a,b}}.
   *
   * @param values as they were typed, with commas between names
   * @throws IllegalArgumentException in one line, if one can be no name, or they are too many
   */
  public static List<String> named(List<String> values) {
    List<String> names = new ArrayList<>();
    for (String value : values) {
      for (String each : COMMA_OUTSIDE_BRACES.split(value, -1)) {
        expand("", each.strip(), names);
      }
    }
    return names.stream().distinct().toList();
  }

  /**
   * Those that {@code tox -l} prints, one a line. What else is there has blanks in it: tox 3 tells
   * there, too, how it makes an environment for itself.
   *
   * @throws IllegalArgumentException in one line, if they are too many
   */
  public static List<String> listed(String printed) {
    List<String> names =
        printed
            .lines()
            .map(String::stripTrailing)
            .filter(EnvironmentNames::isName)
            .distinct()
            .toList();
    checkCount(names);
    return names;
  }

  /** Braces are tox's: one name for each of what stands in them (its "generative" names). */
  private static void expand(String before, String rest, List<String> names) {
    Matcher braces = BRACES.matcher(rest);
    if (braces.matches()) {
      for (String choice : braces.group(2).split(",", -1)) {
        expand(before + braces.group(1) + choice.strip(), braces.group(3), names);
      }
      return;
    }
    String name = before + rest;
    if (!isName(name)) {
      throw new IllegalArgumentException("'" + name + "' is no environment's name");
    }
    names.add(name);
    checkCount(names);
  }

  private static boolean isName(String text) {
    return Cell.isName(text) && NAME.matcher(text).matches();
  }

  private static void checkCount(List<String> names) {
    if (names.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " environments are named");
    }
  }
}
