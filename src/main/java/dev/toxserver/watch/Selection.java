package dev.toxserver.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is run of all that the user gave to tox.
 *
 * @param given tox's arguments, as they were typed
 * @param environments tox's environments, in place of those that were given, separated by commas
 * @param pattern words for the tests, behind those that were given
 * @param debugger whether a test that fails opens the debugger
 */
public record Selection(
    List<String> given, Optional<String> environments, List<String> pattern, boolean debugger) {
  private static final String POSARGS = "--";
  private static final String ENVIRONMENTS = "-e";

  /** Takes copies. */
  public Selection {
    given = List.copyOf(given);
    pattern = List.copyOf(pattern);
  }

  /** All that was given. */
  public static Selection all(List<String> given) {
    return new Selection(given, Optional.empty(), List.of(), false);
  }

  /** The same with other environments. */
  public Selection withEnvironments(Optional<String> names) {
    return new Selection(given, names, pattern, debugger);
  }

  /** The same with other words for the tests. */
  public Selection withPattern(List<String> words) {
    return new Selection(given, environments, words, debugger);
  }

  /** The same in the debugger, or without it. */
  public Selection withDebugger(boolean wanted) {
    return new Selection(given, environments, pattern, wanted);
  }

  /** Tox's arguments. */
  public List<String> args() {
    int end = given.indexOf(POSARGS);
    List<String> args = new ArrayList<>(own(end < 0 ? given : given.subList(0, end)));
    List<String> posargs =
        new ArrayList<>(end < 0 ? List.of() : given.subList(end + 1, given.size()));
    posargs.addAll(pattern);
    if (debugger) {
      posargs.add("--pdb");
    }
    if (end >= 0 || !posargs.isEmpty()) {
      args.add(POSARGS);
      args.addAll(posargs);
    }
    return args;
  }

  /** tox 3 would run the environments of both, tox 4 those of the last. */
  private List<String> own(List<String> words) {
    if (environments.isEmpty()) {
      return words;
    }
    List<String> own = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      if (words.get(at).equals(ENVIRONMENTS)) {
        at++;
      } else if (!words.get(at).startsWith(ENVIRONMENTS)) {
        own.add(words.get(at));
      }
    }
    own.add(ENVIRONMENTS);
    own.add(environments.get());
    return own;
  }
}
