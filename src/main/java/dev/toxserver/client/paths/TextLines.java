package dev.toxserver.client.paths;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of text of what one stream prints: without control sequences, and of a line that is
 * printed over itself only the last. Of each it keeps the first 4 KiB. For one thread at a time.
 */
public final class TextLines {
  /** The most bytes of a line that are kept. */
  public static final int LONGEST = 4096;

  private final Sequences sequences = new Sequences();
  private final Consumer<String> lines;
  private final byte[] line = new byte[LONGEST];
  private int length;
  private boolean returned;

  /** Hands on each line, without its end, as soon as that has come. */
  public TextLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes in the next bytes. */
  public void take(byte[] data) {
    for (byte each : data) {
      if (sequences.isText(each)) {
        take(each);
      }
    }
  }

  /** The line whose end has not come; empty if there is none. */
  public String begun() {
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  private void take(byte each) {
    if (each == '\n') {
      lines.accept(begun());
      clear();
    } else if (each == '\r') {
      returned = true;
    } else {
      if (returned) {
        clear();
      }
      if (length < LONGEST) {
        line[length++] = each;
      }
    }
  }

  private void clear() {
    length = 0;
    returned = false;
  }
}
