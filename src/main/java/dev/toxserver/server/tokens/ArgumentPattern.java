package dev.toxserver.server.tokens;

import dev.toxserver.protocol.MalformedException;
import java.util.List;

/**
 * Which arguments a token may run tox with: a word for each of them, in their order, as {@code -e
 * py311 -- tests/** ...}. So there can be no argument more, and none elsewhere.
 *
 * <p>In a word, {@code *} stands for letters, digits and {@code _ - + . : [ ]}, {@code **} for a /,
 * too. No more: what a shell, a list of environments, an assignment or a file of arguments is made
 * of could be told apart from a name by nobody here. No {@code ..} comes out of either, and where a
 * word begins with one, no option and no absolute path. The word {@code ...} at the end says that
 * the one before may come again.
 */
public final class ArgumentPattern {
  /** So many characters of arguments are looked at; more match no pattern. */
  static final int MAX_ARGS_CHARACTERS = 8 * 1024;

  /** The most characters that all patterns of one token may have. */
  private static final int MAX_CHARACTERS = 1_024;

  private static final String AGAIN = "...";
  private static final String NOT_FIRST = "-/";

  private final String text;
  private final List<String> words;
  private final boolean repeats;

  private ArgumentPattern(String text, List<String> words, boolean repeats) {
    this.text = text;
    this.words = words;
    this.repeats = repeats;
  }

  /**
   * Reads one.
   *
   * @param text words with blanks between; without any, it matches no arguments at all
   * @throws MalformedException naming the field {@code args}, if it could let more through than its
   *     author sees
   */
  public static ArgumentPattern parse(String text) {
    if (text.chars().anyMatch(c -> Character.isISOControl(c))) {
      throw wrong(text, "control characters have no place in it");
    }
    List<String> words = text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    boolean repeats = words.size() > 1 && words.get(words.size() - 1).equals(AGAIN);
    List<String> own = repeats ? words.subList(0, words.size() - 1) : words;
    for (String word : own) {
      check(text, word);
    }
    return new ArgumentPattern(text, own, repeats);
  }

  /**
   * Looks whether a token can have them all.
   *
   * @throws MalformedException as {@link #parse} does, or if they are too long
   */
  static void check(List<String> texts) {
    if (texts.stream().mapToInt(String::length).sum() > MAX_CHARACTERS) {
      throw new MalformedException(
          "args", "must have at most %d characters in all".formatted(MAX_CHARACTERS));
    }
    texts.forEach(ArgumentPattern::parse);
  }

  private static void check(String text, String word) {
    if (word.equals(AGAIN)) {
      throw wrong(text, AGAIN + " must be its last word, behind another");
    }
    int wildcard = word.indexOf('*');
    if (wildcard < 0) {
      return;
    }
    if (word.contains("***")) {
      throw wrong(text, "* and ** are all there is");
    }
    if (leadsUp(word)) {
      throw wrong(text, "a word with a * must not lead upwards");
    }
    int value = word.indexOf('=');
    if (word.startsWith("-") && (value < 0 || wildcard < value)) {
      throw wrong(text, "a * can't stand for an option; its value is another word, or behind a =");
    }
  }

  private static MalformedException wrong(String text, String why) {
    return new MalformedException("args", "'" + text + "' is no pattern: " + why);
  }

  /** Whether these arguments may be run with. */
  public boolean matches(List<String> args) {
    boolean fits = repeats ? args.size() >= words.size() : args.size() == words.size();
    if (!fits || args.stream().mapToInt(String::length).sum() > MAX_ARGS_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < args.size(); i++) {
      if (!matches(words.get(Math.min(i, words.size() - 1)), args.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String word, String arg) {
    if (word.indexOf('*') < 0) {
      return word.equals(arg);
    }
    boolean beginsBadly =
        arg.isEmpty() || word.startsWith("*") && NOT_FIRST.indexOf(arg.charAt(0)) >= 0;
    return !beginsBadly && !leadsUp(arg) && fits(word, arg);
  }

  /** A file of tests may have a test's name behind it, after a colon. */
  private static boolean leadsUp(String path) {
    return List.of(path.split("[/:]")).contains("..");
  }

  /** In time that grows with the product of both lengths, whatever they hold. */
  private static boolean fits(String word, String arg) {
    // Whether the part of the word that was looked at fits the first so many characters.
    boolean[] fit = new boolean[arg.length() + 1];
    fit[0] = true;
    int i = 0;
    while (i < word.length()) {
      boolean any = word.charAt(i) == '*';
      boolean slashes = any && word.startsWith("**", i);
      for (int n = arg.length(); !any && n > 0; n--) {
        fit[n] = fit[n - 1] && arg.charAt(n - 1) == word.charAt(i);
      }
      for (int n = 1; any && n <= arg.length(); n++) {
        fit[n] |= fit[n - 1] && isStoodFor(arg.charAt(n - 1), slashes);
      }
      fit[0] &= any;
      i += slashes ? 2 : 1;
    }
    return fit[arg.length()];
  }

  private static boolean isStoodFor(char c, boolean slashes) {
    return Character.isLetterOrDigit(c) || "_-+.:[]".indexOf(c) >= 0 || slashes && c == '/';
  }

  /** As its author has written it. */
  @Override
  public String toString() {
    return text;
  }
}
