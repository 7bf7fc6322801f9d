package dev.toxserver.runner;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Stream;
import java.util.EnumMap;
import java.util.Map;

/**
 * Copies the runs' output to the server's own streams, so that a container's log shows it. It never
 * holds up a run: what nobody takes is left out, and a line says how much. Not thread-safe: belongs
 * to the runner's context.
 */
class Tee {
  /** Copies nothing. */
  static final Tee NONE = new Tee(Map.of());

  private final Map<Stream, StandardStream> targets;
  private final Map<Stream, Long> leftOut = new EnumMap<>(Stream.class);

  Tee(Map<Stream, StandardStream> targets) {
    this.targets = targets;
  }

  static Tee toOwnStreams() {
    return new Tee(
        Map.of(Stream.STDOUT, StandardStream.out(), Stream.STDERR, StandardStream.err()));
  }

  void write(Stream stream, byte[] data) {
    StandardStream target = targets.get(stream);
    if (target == null) {
      return;
    }
    if (target.isFull()) {
      leftOut.merge(stream, (long) data.length, Long::sum);
      return;
    }
    Long missing = leftOut.remove(stream);
    if (missing != null) {
      target.writeLine("\n[serve] " + missing + " bytes left out here: nobody read them in time");
    }
    target.write(data);
  }
}
