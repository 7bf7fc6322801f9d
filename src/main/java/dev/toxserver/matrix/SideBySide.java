package dev.toxserver.matrix;

import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All runs at once as they print, in whole lines with the environment's name before each. */
public final class SideBySide implements Display {
  private final Sink sink;
  private final List<Lines> runs;
  private final Runnable shown;

  private int left;

  private record Lines(String prefix, LinePrefix out, LinePrefix err) {
    private Lines(String prefix) {
      this(prefix, new LinePrefix(prefix), new LinePrefix(prefix));
    }

    private LinePrefix of(Stream stream) {
      return stream == Stream.STDOUT ? out : err;
    }
  }

  /**
   * Has nothing to show yet.
   *
   * @param shown called once, when the last run is shown to its end
   */
  public SideBySide(Sink sink, List<String> environments, Runnable shown) {
    this.sink = sink;
    this.shown = shown;
    int width = environments.stream().mapToInt(String::length).max().orElse(0);
    runs =
        environments.stream()
            .map(name -> new Lines(name + " ".repeat(width - name.length()) + " | "))
            .toList();
    left = runs.size();
  }

  @Override
  public void begun(int run, String line) {
    output(run, Stream.STDERR, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void output(int run, Stream stream, byte[] data) {
    write(stream, runs.get(run).of(stream).lines(data));
  }

  @Override
  public void leaveOut(int run) {
    // All of them are live.
  }

  @Override
  public void ended(int run, String line) {
    Lines lines = runs.get(run);
    for (Stream stream : Stream.values()) {
      write(stream, lines.of(stream).rest());
    }
    sink.say(lines.prefix() + line, this::oneShown);
  }

  @Override
  public boolean isLive(int run) {
    return true;
  }

  private void write(Stream stream, byte[] data) {
    if (data.length > 0) {
      sink.write(stream, data);
    }
  }

  private void oneShown() {
    left--;
    if (left == 0) {
      shown.run();
    }
  }
}
