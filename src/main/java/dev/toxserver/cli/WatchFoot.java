package dev.toxserver.cli;

import dev.toxserver.config.StandardStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** The line at the foot of the screen while nothing else is written. */
final class WatchFoot {
  private static final String ERASE = "\r\033[K";
  private static final String FAINT = "\033[2m";
  private static final String PLAIN = "\033[0m";

  private final IntSupplier columns;
  private boolean shown;

  /** Needs to know how long a line may be: of one that is wrapped, only a part is erased. */
  WatchFoot(IntSupplier columns) {
    this.columns = columns;
  }

  void show(String text) {
    clear();
    String line = text.substring(0, Math.min(text.length(), columns.getAsInt() - 1));
    write(FAINT + line + PLAIN);
    shown = true;
  }

  /** Takes it away; before anything else is written. */
  void clear() {
    if (shown) {
      write(ERASE);
      shown = false;
    }
  }

  private static void write(String text) {
    StandardStream.err().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
