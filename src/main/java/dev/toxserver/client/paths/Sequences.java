package dev.toxserver.client.paths;

/**
 * Tells the text in a terminal's output from control sequences, as ECMA-48 has them, and knows
 * whether the text is within a link (OSC 8,
 * gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). It keeps no bytes.
 */
public final class Sequences {
  private static final int BEL = 0x07;
  private static final int CAN = 0x18;
  private static final int SUB = 0x1a;
  private static final int ESC = 0x1b;

  private enum State {
    TEXT,
    ESCAPE,
    /** Behind {@code ESC [}. */
    CONTROL,
    /** Behind {@code ESC ]} and its like: a string, up to BEL or {@code ESC \}. */
    STRING,
    STRING_ESCAPE
  }

  /** How much of {@code 8;PARAMETERS;URI} was there, in a string that began with {@code ESC ]}. */
  private enum Link {
    NONE,
    BEGUN,
    NUMBER,
    PARAMETERS,
    EMPTY_URI,
    URI
  }

  private State state = State.TEXT;
  private Link link = Link.NONE;
  private boolean linked;

  /** Takes the next byte; whether it is text, and not a part of a sequence. */
  public boolean isText(byte signed) {
    int each = signed & 0xff;
    switch (state) {
      case TEXT -> {
        if (each != ESC) {
          return true;
        }
        state = State.ESCAPE;
      }
      case ESCAPE -> escape(each);
      case CONTROL -> {
        if (each >= '@' && each <= '~') {
          state = State.TEXT;
        } else {
          breakOff(each, State.ESCAPE);
        }
      }
      case STRING -> string(each);
      case STRING_ESCAPE -> {
        if (each == '\\') {
          endString();
        } else {
          state = State.ESCAPE;
          escape(each);
        }
      }
    }
    return false;
  }

  /** Whether the text is a link already. */
  boolean isLinked() {
    return linked;
  }

  private void escape(int each) {
    switch (each) {
      case '[' -> state = State.CONTROL;
      case ']', 'P', 'X', '^', '_' -> {
        state = State.STRING;
        link = each == ']' ? Link.BEGUN : Link.NONE;
      }
      case ESC -> state = State.ESCAPE;
      default -> {
        // Between ESC and the last byte may stand others, from the blank to the slash.
        boolean goesOn = each >= ' ' && each <= '/';
        state = goesOn ? State.ESCAPE : State.TEXT;
      }
    }
  }

  private void string(int each) {
    if (each == BEL) {
      endString();
    } else if (each == ESC || each == CAN || each == SUB) {
      breakOff(each, State.STRING_ESCAPE);
    } else {
      link =
          switch (link) {
            case BEGUN -> each == '8' ? Link.NUMBER : Link.NONE;
            case NUMBER -> each == ';' ? Link.PARAMETERS : Link.NONE;
            case PARAMETERS -> each == ';' ? Link.EMPTY_URI : Link.PARAMETERS;
            case EMPTY_URI, URI -> Link.URI;
            case NONE -> Link.NONE;
          };
    }
  }

  private void endString() {
    if (link == Link.EMPTY_URI || link == Link.URI) {
      linked = link == Link.URI;
    }
    state = State.TEXT;
  }

  private void breakOff(int each, State onEscape) {
    if (each == ESC) {
      state = onEscape;
    } else if (each == CAN || each == SUB) {
      state = State.TEXT;
    }
  }
}
