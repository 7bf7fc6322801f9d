package dev.toxserver.matrix;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes whole lines of what one stream prints, with a name before each. */
final class LinePrefix {
  /** A longer line is broken: nothing is kept without a bound. */
  static final int LONGEST = 64 * 1024;

  private final byte[] prefix;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  LinePrefix(String prefix) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  /** The lines that have an end by now; their last may be still to come. */
  byte[] lines(byte[] data) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(data.length + prefix.length);
    for (byte each : data) {
      begun.write(each);
      if (each == '\n') {
        end(lines);
      } else if (begun.size() == LONGEST) {
        begun.write('\n');
        end(lines);
      }
    }
    return lines.toByteArray();
  }

  /** The last line, if it has no end: it gets one. */
  byte[] rest() {
    return begun.size() == 0 ? new byte[0] : lines(new byte[] {'\n'});
  }

  private void end(ByteArrayOutputStream lines) {
    lines.writeBytes(prefix);
    lines.writeBytes(begun.toByteArray());
    begun.reset();
  }
}
