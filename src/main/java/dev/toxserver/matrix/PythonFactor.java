package dev.toxserver.matrix;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Python an environment's name asks tox for. The forms are those of tox's documentation: a
 * factor {@code py311}, {@code pypy310} or {@code 3.12}, anywhere in the name. A number without a
 * dot is no version by itself.
 */
public final class PythonFactor {
  private static final Pattern FACTOR =
      Pattern.compile("(py|cpython|pypy)?([23])(\\.?)([0-9]{1,2}t?)");

  /** A factor's interpreter may be parted from its version, where that has a dot. */
  private static final Pattern PARTED = Pattern.compile("(cpython|pypy)-(?=[23]\\.)");

  private PythonFactor() {}

  /**
   * The label of the runners that have this Python, as they call it themselves; nothing if any
   * Python will do, as for {@code py}, {@code py3} and {@code lint}.
   */
  public static Optional<String> label(String environment) {
    for (String factor : PARTED.matcher(environment).replaceAll("$1").split("-")) {
      Matcher python = FACTOR.matcher(factor);
      if (python.matches() && (python.group(1) != null || !python.group(3).isEmpty())) {
        String implementation = "pypy".equals(python.group(1)) ? "pypy" : "py";
        return Optional.of(implementation + python.group(2) + python.group(4));
      }
    }
    return Optional.empty();
  }
}
