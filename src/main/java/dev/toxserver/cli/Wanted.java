package dev.toxserver.cli;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * What of the command line is described to picocli: the commands and options that the arguments may
 * mean. To describe all would be a part of every client's start, for nothing: 40 options take some
 * 5 ms.
 *
 * @param arguments all that was typed
 * @param all where all may be shown: in a help, or since no command is named
 */
record Wanted(List<String> arguments, boolean all) {
  static final Wanted ALL = new Wanted(List.of(), true);

  private static final List<String> SHOW_ALL = List.of("--help", "help", "completion");
  private static final String NO = "--no-";

  /** What these arguments may mean, of these commands. */
  static Wanted by(List<String> arguments, Collection<String> commands) {
    return new Wanted(
        arguments,
        Collections.disjoint(arguments, commands) || !Collections.disjoint(arguments, SHOW_ALL));
  }

  boolean command(String name) {
    return all || arguments.contains(name);
  }

  /** Whether any of these may be meant: the names of one option, or those of several. */
  boolean option(Collection<String> flags) {
    if (all) {
      return true;
    }
    for (String flag : flags) {
      if (isShort(flag) || isNamed(flag)) {
        return true;
      }
    }
    return false;
  }

  /** Several short options may stand in one argument, and a value right behind the last. */
  private static boolean isShort(String flag) {
    return !flag.startsWith("--");
  }

  private boolean isNamed(String flag) {
    String opposite = NO + flag.substring(2);
    for (String argument : arguments) {
      if (isIn(argument, flag) || isIn(argument, opposite)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(String argument, String flag) {
    return argument.startsWith(flag)
        && (argument.length() == flag.length() || argument.charAt(flag.length()) == '=');
  }
}
