package dev.toxserver.protocol;

import java.util.ArrayList;
import java.util.List;

/** A run's arguments as others are told of them, who need not know all of long ones. */
public final class ShownArguments {
  private ShownArguments() {}

  /**
   * As many of the first as fit into so many characters; with "…" behind them if there are more.
   */
  public static List<String> of(List<String> args, int mostCharacters) {
    int characters = 0;
    for (int shown = 0; shown < args.size(); shown++) {
      characters += args.get(shown).length() + 1;
      if (characters > mostCharacters) {
        List<String> first = new ArrayList<>(args.subList(0, shown));
        first.add("…");
        return List.copyOf(first);
      }
    }
    return args;
  }
}
