package dev.toxserver.agent.mcp;

/** Which part of what a run has printed is to be shown. */
public sealed interface LogPart {

  /** What picks it out of the output, that is passed by from the first byte on. */
  LogPicker picker();

  /** The last lines. */
  record Last() implements LogPart {
    @Override
    public LogPicker picker() {
      return new LastLines();
    }
  }

  /** Lines from this one on, the first being 1. */
  record Lines(int from) implements LogPart {
    @Override
    public LogPicker picker() {
      return new NextLines(from);
    }
  }

  /** Bytes from this one on, the first being 0. */
  record Bytes(int from) implements LogPart {
    @Override
    public LogPicker picker() {
      return new NextBytes(from);
    }
  }

  /**
   * Lines that hold a text, in any case, from one line on, each with some lines before and behind
   * it.
   */
  record Search(String text, int from, int context) implements LogPart {
    @Override
    public LogPicker picker() {
      return new FoundLines(text, from, context);
    }
  }
}
