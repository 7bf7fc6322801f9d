package dev.toxserver.matrix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines that a run has printed, on both streams, in the order in which they came. */
public final class Tail {
  /** The most lines that are told. */
  public static final int LINES = 10;

  private static final int BYTES = 8 * 1024;

  /** Colours and all else that ECMA-48 calls a control sequence: only words are wanted here. */
  private static final Pattern CONTROLS = Pattern.compile("\033\\[[0-?]*[ -/]*[@-~]");

  private byte[] kept = {};
  private boolean cut;

  /** Takes in some output. */
  public void add(byte[] data) {
    int fresh = Math.min(BYTES, data.length);
    int old = Math.min(BYTES - fresh, kept.length);
    cut |= kept.length + data.length > BYTES;
    byte[] next = new byte[old + fresh];
    System.arraycopy(kept, kept.length - old, next, 0, old);
    System.arraycopy(data, data.length - fresh, next, old, fresh);
    kept = next;
  }

  /** The last lines that are not empty, without colours. */
  public List<String> lines() {
    String text = CONTROLS.matcher(new String(kept, StandardCharsets.UTF_8)).replaceAll("");
    List<String> lines =
        Arrays.stream(text.split("\n"))
            .skip(cut ? 1 : 0)
            .map(Tail::lastOfLine)
            .filter(line -> !line.isBlank())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  /** A line that was printed over itself, as a progress bar is. */
  private static String lastOfLine(String line) {
    String text = line.stripTrailing();
    return text.substring(text.lastIndexOf('\r') + 1);
  }
}
