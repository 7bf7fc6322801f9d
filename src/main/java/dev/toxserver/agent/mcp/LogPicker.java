package dev.toxserver.agent.mcp;

import dev.toxserver.protocol.Stream;

/** Picks a part out of a run's output while that passes; holds no more than it answers. */
public interface LogPicker {
  /** The most bytes of UTF-8 that an answer has. */
  int MOST_BYTES = 7_800;

  /** The most bytes of a line, but where bytes are asked for. */
  int LINE_BYTES = 1_000;

  /** Takes the next bytes of output. */
  void take(Stream stream, byte[] data);

  /** Whether it takes no more: the rest need not be read. */
  boolean isFull();

  /** What was picked, and how to get the next; asked once, when nothing more comes. */
  String text();
}
