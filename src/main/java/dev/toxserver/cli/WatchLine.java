package dev.toxserver.cli;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunId;
import dev.toxserver.watch.Change;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The line of JSON that a program gets of watch for each run, or matrix. */
final class WatchLine {
  private static final double MILLIS = 1_000;

  private WatchLine() {}

  /**
   * What all lines have.
   *
   * @param cause what was saved before
   */
  static JsonObject of(RunId id, String state, Change cause) {
    return new JsonObject()
        .put("id", id.value())
        .put("state", state)
        .put("changed", new JsonArray(cause.files()));
  }

  /** A time, as the lines have it. */
  static double seconds(long millis) {
    return millis / MILLIS;
  }

  /** Prints one on standard output, with what went wrong, if anything did. */
  static void print(JsonObject line, Optional<String> error) {
    error.ifPresent(text -> line.put("error", text));
    StandardStream.out().writeLine(JsonLine.of(line));
  }
}
