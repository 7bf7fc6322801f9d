package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.Verdict;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.watch.Change;
import dev.toxserver.watch.Selection;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What watch says of its runs: to people, and to programs as a line of JSON for each. */
final class WatchReport {
  private final Terminal terminal;
  private final boolean json;
  private final List<String> watched;
  private final Optional<WatchFoot> foot;

  private Request.Run run;
  private Change cause;
  private String last = "";

  /**
   * Says nothing yet.
   *
   * @param json whether standard output is for a program
   * @param watched the names of the folders that are watched
   * @param foot for the last line of a terminal with keys
   */
  WatchReport(Terminal terminal, boolean json, List<String> watched, Optional<WatchFoot> foot) {
    this.terminal = terminal;
    this.json = json;
    this.watched = watched;
    this.foot = foot;
  }

  void begun(Request.Run request, Change change) {
    run = request;
    cause = change;
    clear();
    if (foot.isPresent() && !change.files().isEmpty()) {
      terminal.say("[SAVE] " + change);
    }
  }

  /**
   * A run has ended.
   *
   * @param asked whether it was asked to, by a save or a key
   */
  void ended(Outcome.Exited exited, boolean asked) {
    RunEvent.Exit exit = exited.exit();
    last = Verdict.words(exit) + exited.usual().map(Verdict::words).orElse("");
    exit.error().ifPresent(terminal::say);
    if (!asked) {
      LongRun.ended(exited, 0, run.args(), terminal);
    }
    if (!json) {
      terminal.sayVerdict(exit, exited.usual());
      return;
    }
    boolean passed = exit.returncode() == 0;
    JsonObject line =
        line(exit.cancelled() ? asked ? "stale" : "cancelled" : passed ? "passed" : "failed")
            .put("returncode", exit.returncode());
    exit.durationMillis().ifPresent(millis -> line.put("duration", WatchLine.seconds(millis)));
    exited.usual().ifPresent(usual -> line.put("usual", WatchLine.seconds(usual.millis())));
    WatchLine.print(line, exit.error());
  }

  /** Nobody knows how a run has ended, or whether it began. */
  void unknown(String message) {
    last = "unknown";
    tell(message);
    if (json) {
      WatchLine.print(line("unknown"), Optional.of(message));
    }
  }

  /** Says something else. */
  void tell(String text) {
    clear();
    terminal.say(text);
  }

  /** Shows bytes of what the user types. */
  void show(byte[] bytes) {
    StandardStream.err().write(bytes);
  }

  /** Nothing goes on: what is run on the next save. */
  void rest(Selection selection) {
    foot.ifPresent(
        line ->
            line.show(
                "[WATCH] %s: %s. Next: tox %s (Enter: all, ?: keys)"
                    .formatted(
                        String.join(" ", watched), last, String.join(" ", selection.args()))));
  }

  /** Takes the line at the foot away. */
  void clear() {
    foot.ifPresent(WatchFoot::clear);
  }

  private JsonObject line(String state) {
    return WatchLine.of(run.id(), state, cause);
  }
}
