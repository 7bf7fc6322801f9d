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
  private boolean slow;

  /** From now on, each write fills it. */
  void beSlow() {
    slow = true;
  }

  /** Has room again, and does all that was to be called back. */
  void drain() {
    slow = false;
    full = false;
    while (!callbacks.isEmpty()) {
      callbacks.remove().run();
    }
  }

  /** Has room again, and does what was to be called back first. */
  void drainOnce() {
    full = false;
    callbacks.remove().run();
  }

  @Override
  public void write(Stream stream, byte[] data) {
    full |= slow;
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
