package dev.toxserver.agent.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of what comes in, and passes over those that are too long. */
public final class InputLines {
  /** The most bytes of a line: as many as a frame to the server may have. */
  public static final int LONGEST = 1024 * 1024;

  private final Consumer<String> lines;
  private final Runnable tooLong;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean passingOver;

  /**
   * Has read nothing yet.
   *
   * @param lines takes each line, without its end
   * @param tooLong is told of each that is too long, as soon as it is
   */
  public InputLines(Consumer<String> lines, Runnable tooLong) {
    this.lines = lines;
    this.tooLong = tooLong;
  }

  /** Takes the next bytes, which may end anywhere. */
  public void take(byte[] data) {
    int begin = 0;
    for (int i = 0; i < data.length; i++) {
      if (data[i] == '\n') {
        add(data, begin, i);
        end();
        begin = i + 1;
      }
    }
    add(data, begin, data.length);
  }

  private void add(byte[] data, int begin, int end) {
    if (passingOver) {
      return;
    }
    if (line.size() + end - begin > LONGEST) {
      passingOver = true;
      line.reset();
      tooLong.run();
    } else {
      line.write(data, begin, end - begin);
    }
  }

  private void end() {
    if (!passingOver) {
      lines.accept(line.toString(StandardCharsets.UTF_8));
    }
    passingOver = false;
    line.reset();
  }
}
