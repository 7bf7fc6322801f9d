package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.Usual;
import dev.toxserver.server.delivery.KnownRuns;
import dev.toxserver.server.delivery.OutputFlow;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import java.util.List;
import java.util.Optional;

/** Finds runs by their ids: those that have not ended, and those of the history. */
final class Catalogue implements KnownRuns {
  private final History history;
  private final RunQueue queue;

  Catalogue(History history, RunQueue queue) {
    this.history = history;
    this.queue = queue;
  }

  @Override
  public Optional<OutputFlow> flowOf(RunId id) {
    return unfinished(id).map(Run::flow);
  }

  /** A run that has not ended. */
  Optional<Run> unfinished(RunId id) {
    return queue.find(id);
  }

  @Override
  public RunLog find(RunId id) {
    return history
        .find(id)
        .orElseThrow(
            () ->
                new RefusedException(
                    ErrorCode.NOT_FOUND,
                    id.equals(RunId.LAST)
                        ? "id: the server has had no run yet"
                        : "id: the server knows no run " + id + "; 'status' shows those it knows"));
  }

  /** All runs that are known, the newest first, or one of them. */
  List<RunStatus> status(Request.Status request) {
    List<RunLog> logs = request.id().map(id -> List.of(find(id))).orElseGet(history::newestFirst);
    return logs.stream().map(log -> log.record().status(position(log.id()))).toList();
  }

  /**
   * What came of a run.
   *
   * @throws RefusedException if it is not known
   */
  Reply.Results results(Request.Results request) {
    RunRecord run = find(request.id()).record();
    if (!run.state().isOver()) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "id: the run " + run.id() + " has not ended yet");
    }
    RunResults results =
        run.results()
            .orElseThrow(
                () ->
                    new RefusedException(
                        ErrorCode.NOT_FOUND,
                        "id: nothing is known of the run %s but that it %s; 'serve --results' collects more"
                            .formatted(run.id(), words(run.state()))));
    return new Reply.Results(run.id(), run.state(), results);
  }

  private static String words(RunState state) {
    return switch (state) {
      case CANCELLED, LOST -> "was " + state.wireName();
      default -> state.wireName();
    };
  }

  /** How long a run usually takes: the median of those of the same invocation that have passed. */
  Optional<Usual> usual(Invocation invocation) {
    long[] millis =
        history.newestFirst().stream()
            .map(RunLog::record)
            .filter(run -> run.state() == RunState.PASSED && run.invocation().equals(invocation))
            .flatMap(run -> run.exit().flatMap(RunEvent.Exit::durationMillis).stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    int runs = millis.length;
    return runs == 0
        ? Optional.empty()
        : Optional.of(new Usual((millis[(runs - 1) / 2] + millis[runs / 2]) / 2, runs));
  }

  private int position(RunId id) {
    return unfinished(id).map(Run::position).orElse(0);
  }
}
