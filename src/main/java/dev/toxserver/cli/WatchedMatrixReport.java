package dev.toxserver.cli;

import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.RunId;
import dev.toxserver.watch.Change;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What watch says of its matrices: to people, and to programs as a line of JSON for each. */
final class WatchedMatrixReport {
  private static final String ALL = "all";

  private final MatrixScreen screen;
  private final boolean json;
  private final List<String> watched;

  private RunId name;
  private Change cause;
  private List<Result> leftOut = List.of();
  private long begunNanos;
  private String last = "";

  /**
   * Says nothing yet.
   *
   * @param json whether standard output is for a program
   * @param watched the names of the folders that are watched
   */
  WatchedMatrixReport(MatrixScreen screen, boolean json, List<String> watched) {
    this.screen = screen;
    this.json = json;
    this.watched = watched;
  }

  void begun(RunId matrix, Change change) {
    name = matrix;
    cause = change;
    begunNanos = System.nanoTime();
    if (screen.hasFoot() && !change.files().isEmpty()) {
      screen.sayNow("[SAVE] " + change);
    }
  }

  /**
   * It is known what is run.
   *
   * @param missing the environments that no runner can take
   */
  void started(List<EnvironmentRun> all, List<Result> missing) {
    leftOut = missing;
    screen.sayBegun(name, all);
  }

  /** What goes on, at the foot. */
  void show(List<String> lines) {
    screen.tell(lines);
  }

  void cancelling() {
    screen.sayCancelling();
  }

  /**
   * A matrix has ended.
   *
   * @param stale whether it was asked to by a save or a key
   * @param leaving whether the user wants to leave
   * @param then called when all is said
   * @return what came of its environments
   */
  List<Result> ended(List<MatrixCell> cells, boolean stale, boolean leaving, Runnable then) {
    List<Result> results = MatrixSummary.results(cells, leftOut);
    boolean cut = (stale || leaving) && MatrixSummary.has(results, Result.Kind.CANCELLED);
    String state = cut ? leaving ? "cancelled" : "stale" : MatrixSummary.state(results);
    long millis = LongRun.since(begunNanos);
    last = MatrixSummary.words(results, cut ? "cancelled" : state, millis);
    String verdict = screen.mark(state.equals("passed")) + "matrix " + last;
    screen.say(
        cut ? verdict : MatrixSummary.of(cells, leftOut, millis) + "\n" + verdict,
        () -> {
          if (json) {
            print(state, results, millis);
          }
          then.run();
        });
    return results;
  }

  /** Nobody knows which environments there are. */
  void unknown(String message) {
    last = "unknown";
    tell(message);
    if (json) {
      WatchLine.print(WatchLine.of(name, last, cause), Optional.of(message));
    }
  }

  /** Says something else. */
  void tell(String text) {
    screen.sayNow(text);
  }

  /**
   * Nothing goes on.
   *
   * @param only the environments that are run on the next save, if not all
   */
  void rest(Optional<Set<String>> only) {
    screen.tell(
        List.of(
            "[WATCH] %s: %s. Next: %s (Enter: all, ?: keys)"
                .formatted(
                    String.join(" ", watched),
                    last,
                    only.map(names -> String.join(", ", new TreeSet<>(names))).orElse(ALL))));
  }

  private void print(String state, List<Result> results, long millis) {
    JsonObject environments = new JsonObject();
    results.forEach(result -> environments.put(result.environment(), result.kind().word()));
    WatchLine.print(
        WatchLine.of(name, state, cause)
            .put("duration", WatchLine.seconds(millis))
            .put("environments", environments),
        Optional.empty());
  }
}
