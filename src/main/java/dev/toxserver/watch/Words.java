package dev.toxserver.watch;

import java.util.ArrayList;
import java.util.List;

/** Words of a line that a person types: blanks part them, unless they stand in quotes. */
public final class Words {
  private static final char NONE = 0;

  private Words() {}

  /** {@code -k 'a or b'} has two words. A quote that is never closed goes to the line's end. */
  public static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = NONE;
    for (char each : line.toCharArray()) {
      if (each == quote) {
        quote = NONE;
      } else if (quote == NONE && (each == '\'' || each == '"')) {
        quote = each;
        begun = true;
      } else if (quote == NONE && each == ' ') {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(each);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
