package dev.toxserver.agent.mcp;

import dev.toxserver.agent.PlainText;
import dev.toxserver.client.paths.Sequences;
import dev.toxserver.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Bytes from one on, counted as both streams together have printed them. */
final class NextBytes implements LogPicker {
  private static final int BYTES = MOST_BYTES - 200;

  /** A byte that is none of UTF-8 is shown as a sign of three. */
  private static final int MOST_OF_ONE = 3;

  /** So many bytes may be left of a character that was begun. */
  private static final int MOST_BEYOND = 3;

  private final int from;
  private final Sequences out = new Sequences();
  private final Sequences err = new Sequences();
  private final ByteArrayOutputStream picked = new ByteArrayOutputStream();
  private int position;
  private int end;
  private int size;
  private int beyond;

  NextBytes(int from) {
    this.from = from;
    end = from;
  }

  @Override
  public void take(Stream stream, byte[] data) {
    Sequences sequences = stream == Stream.STDOUT ? out : err;
    for (byte each : data) {
      boolean shown = sequences.isText(each) && position >= from;
      if (isFull() && (!isInCharacter(each) || beyond++ >= MOST_BEYOND)) {
        return;
      }
      position++;
      if (position > from) {
        end = position;
      }
      if (shown && (picked.size() > 0 || !isInCharacter(each))) {
        picked.write(each);
        size += each < 0 ? MOST_OF_ONE : 1;
      }
    }
  }

  /** Whether it is no first byte of a character. */
  private static boolean isInCharacter(byte each) {
    return (each & 0xc0) == 0x80;
  }

  @Override
  public boolean isFull() {
    return size >= BYTES;
  }

  @Override
  public String text() {
    String text =
        picked
            .toString(StandardCharsets.UTF_8)
            .lines()
            .map(PlainText::clean)
            .collect(Collectors.joining("\n"));
    return text + "\n(" + footer() + ")";
  }

  private String footer() {
    if (end == from) {
      return "there are " + position + " bytes";
    }
    String bytes = "bytes %d to %d".formatted(from, end - 1);
    return isFull() ? bytes + "; next: from_byte=" + end : bytes + ", the last";
  }
}
