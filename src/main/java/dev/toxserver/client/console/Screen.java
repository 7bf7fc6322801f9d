package dev.toxserver.client.console;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a run's output has made of the user's screen: whether the cursor stands on an empty line,
 * and what a program that ended in the middle has left switched on. It reads the sequences of
 * ECMA-48 and xterm (invisible-island.net/xterm/ctlseqs/ctlseqs.html) as they pass, and changes
 * none. Thread-safe.
 */
public final class Screen {
  /** Longer parameters are nobody's. */
  private static final int MOST_PARAMETERS = 64;

  /** Modes that a terminal begins with: wrapping at the right edge, and a cursor to be seen. */
  private static final Set<Integer> ON_AT_FIRST = Set.of(7, 25);

  /** Cursor keys, the mouse, the focus, the alternate screen in its three ways, bracketed paste. */
  private static final Set<Integer> OFF_AT_FIRST =
      Set.of(1, 9, 47, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1049, 2004);

  private enum State {
    TEXT,
    ESCAPE,
    /** Behind {@code ESC [}, up to a letter. */
    CONTROL,
    /** Behind {@code ESC ]}, as a title or a link: up to a BEL or the next ESC. */
    STRING
  }

  private final StringBuilder parameters = new StringBuilder();
  private final Set<Integer> changed = new TreeSet<>();
  private State state = State.TEXT;
  private boolean styled;
  private boolean atLeftEdge = true;
  private boolean lineIsEmpty = true;
  private boolean mayBeRaw = true;

  /** Takes in the next bytes of output. */
  public synchronized void show(byte[] data) {
    for (byte each : data) {
      switch (state) {
        case TEXT -> text(each);
        case ESCAPE -> escape(each);
        case CONTROL -> control((char) (each & 0xff));
        case STRING -> string(each);
      }
    }
  }

  /**
   * The client's own line, on a line of its own. Until the run has ended the terminal may be raw,
   * where a newline does not lead to the left edge.
   */
  public synchronized String line(String line) {
    String text = (atLeftEdge && lineIsEmpty ? "" : "\n") + line + "\n";
    newLine();
    return mayBeRaw ? text.replace("\n", "\r\n") : text;
  }

  /** Whether what was shown last is the beginning of a control sequence, whose rest is to come. */
  public synchronized boolean isWithinSequence() {
    return state != State.TEXT;
  }

  /** The run has ended: what undoes all that is still switched on; empty if nothing is. */
  public synchronized String end() {
    mayBeRaw = false;
    StringBuilder reset = new StringBuilder(styled ? "\033[0m" : "");
    for (int mode : changed) {
      reset.append("\033[?").append(mode).append(ON_AT_FIRST.contains(mode) ? 'h' : 'l');
    }
    styled = false;
    changed.clear();
    return reset.toString();
  }

  private void newLine() {
    atLeftEdge = true;
    lineIsEmpty = true;
  }

  private void text(byte each) {
    switch (each) {
      case 27 -> state = State.ESCAPE;
      case '\n' -> newLine();
      case '\r' -> atLeftEdge = true;
      default -> {
        // All others of the control characters are not to be seen, and in UTF-8 no byte is below 0.
        if (each < 0 || each >= ' ') {
          atLeftEdge = false;
          lineIsEmpty = false;
        }
      }
    }
  }

  private void escape(byte each) {
    parameters.setLength(0);
    state =
        switch (each) {
          case '[' -> State.CONTROL;
          case ']' -> State.STRING;
          case 27 -> State.ESCAPE;
          default -> State.TEXT;
        };
  }

  private void control(char each) {
    if (each < '@') {
      if (parameters.length() < MOST_PARAMETERS) {
        parameters.append(each);
      }
      return;
    }
    state = State.TEXT;
    String given = parameters.toString();
    switch (each) {
      case 'h', 'l' -> modes(given, each == 'h');
      case 'm' -> style(given);
      case 'K' -> erase(given);
      default -> {
        // It moves the cursor, perhaps; nobody can tell where to without the whole screen.
      }
    }
  }

  private void string(byte each) {
    if (each == 27) {
      state = State.ESCAPE;
    } else if (each == 7 || each == '\n') {
      state = State.TEXT;
    }
  }

  private void modes(String given, boolean on) {
    if (!given.startsWith("?")) {
      return;
    }
    for (String number : given.substring(1).split(";")) {
      int mode = number.isEmpty() || number.length() > 4 ? 0 : parse(number);
      boolean first = ON_AT_FIRST.contains(mode);
      if (first || OFF_AT_FIRST.contains(mode)) {
        if (on == first) {
          changed.remove(mode);
        } else {
          changed.add(mode);
        }
      }
    }
  }

  private static int parse(String number) {
    int value = 0;
    for (char digit : number.toCharArray()) {
      value = value * 10 + Character.digit(digit, 10);
    }
    return value;
  }

  private void style(String given) {
    if (!given.startsWith(">") && !given.startsWith("?")) {
      styled = !(given.isEmpty() || given.equals("0") || given.endsWith(";0"));
    }
  }

  private void erase(String given) {
    if (given.equals("2") || atLeftEdge && (given.isEmpty() || given.equals("0"))) {
      lineIsEmpty = true;
    }
  }
}
