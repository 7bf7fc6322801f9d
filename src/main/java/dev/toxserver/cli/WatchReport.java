package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.watch.Change;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What watch says of its runs: to people, and to programs as a line of JSON for each. */
final class WatchReport {
  private static final double MILLIS = 1_000;

  private final Terminal terminal;
  private final boolean json;
  private final boolean seen;

  private RunId id;
  private Change cause;

  /**
   * Says nothing yet.
   *
   * @param json whether standard output is for a program
   * @param seen whether a person sees what the client says
   */
  WatchReport(Terminal terminal, boolean json, boolean seen) {
    this.terminal = terminal;
    this.json = json;
    this.seen = seen;
  }

  void begun(RunId run, Change change) {
    id = run;
    cause = change;
    if (seen && !change.files().isEmpty()) {
      terminal.say("[SAVE] " + change);
    }
  }

  /**
   * A run has ended.
   *
   * @param stale whether it was asked to, since files were saved
   */
  void ended(Outcome.Exited exited, boolean stale) {
    RunEvent.Exit exit = exited.exit();
    exit.error().ifPresent(terminal::say);
    if (!json) {
      terminal.sayVerdict(exit, exited.usual());
      return;
    }
    boolean passed = exit.returncode() == 0;
    JsonObject line =
        line(exit.cancelled() ? stale ? "stale" : "cancelled" : passed ? "passed" : "failed")
            .put("returncode", exit.returncode());
    exit.durationMillis().ifPresent(millis -> line.put("duration", millis / MILLIS));
    exited.usual().ifPresent(usual -> line.put("usual", usual.millis() / MILLIS));
    print(line, exit.error());
  }

  /** Nobody knows how a run has ended, or whether it began. */
  void unknown(String message) {
    terminal.say(message);
    if (json) {
      print(line("unknown"), Optional.of(message));
    }
  }

  private JsonObject line(String state) {
    return new JsonObject()
        .put("id", id.value())
        .put("state", state)
        .put("changed", new JsonArray(cause.files()));
  }

  private static void print(JsonObject line, Optional<String> error) {
    error.ifPresent(text -> line.put("error", text));
    StandardStream.out().writeLine(JsonLine.of(line));
  }
}
