package dev.toxserver.matrix;

import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A sink that remembers what is shown, and calls back when a test has it do so. */
final class SinkOfTest implements Sink {
  final List<String> shown = new ArrayList<>();
  private final Queue<Runnable> callbacks = new ArrayDeque<>();
  private boolean full;

  void fill() {
    full = true;
  }

  /** Has room again, and does all that was to be called back. */
  void drain() {
    full = false;
    while (!callbacks.isEmpty()) {
      callbacks.remove().run();
    }
  }

  @Override
  public void write(Stream stream, byte[] data) {
    shown.add(stream.wireName() + ":" + new String(data, StandardCharsets.UTF_8));
  }

  @Override
  public boolean isFull() {
    return full;
  }

  @Override
  public void onDrained(Runnable callback) {
    callbacks.add(callback);
  }

  @Override
  public void say(String line, Runnable then) {
    shown.add(line);
    callbacks.add(then);
  }
}
