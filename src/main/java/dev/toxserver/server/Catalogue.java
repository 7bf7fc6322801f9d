package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.StatusRequest;
import dev.toxserver.protocol.Usual;
import dev.toxserver.server.delivery.KnownRuns;
import dev.toxserver.server.delivery.OutputFlow;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import dev.toxserver.server.tokens.SharedRun;
import java.util.List;
import java.util.Optional;

/** Finds runs by their ids: those that have not ended, and those of the history. */
final class Catalogue implements KnownRuns {
  private final History history;
  private final RunQueue queue;
  private final Matrices matrices;

  Catalogue(History history, RunQueue queue) {
    this.history = history;
    this.queue = queue;
    this.matrices = new Matrices(history, queue);
  }

  /** Those that are known. */
  Matrices matrices() {
    return matrices;
  }

  @Override
  public Optional<OutputFlow> flowOf(RunId id) {
    return unfinished(id).map(Run::flow);
  }

  /** Whether a name means anything: a run, a loop or a matrix. */
  boolean knows(RunId name) {
    return history.find(name).isPresent()
        || newestOf(name).isPresent()
        || !matrices.runs(name).isEmpty();
  }

  /** What a link to a run is judged by; nothing if there is no run of this id. */
  Optional<SharedRun> shared(RunId id) {
    return history.find(id).map(Catalogue::shared);
  }

  /**
   * The same of a run that someone wants to share.
   *
   * @throws RefusedException if there is none
   */
  SharedRun toShare(RunId id) {
    return shared(find(id));
  }

  private static SharedRun shared(RunLog log) {
    RunRecord run = log.record();
    return new SharedRun(run.id(), run.accepted(), run.state().isOver(), run.ended());
  }

  /** A run that has not ended. */
  Optional<Run> unfinished(RunId id) {
    return queue.find(id);
  }

  @Override
  public RunLog find(RunId id) {
    return history
        .find(id)
        .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "id: " + whyNot(id)));
  }

  private String whyNot(RunId id) {
    if (id.equals(RunId.LAST)) {
      return "the server has had no run yet";
    }
    return matrices.runs(id).isEmpty()
        ? "the server knows no run " + id + "; 'status' shows those it knows"
        : id + " is a matrix, and one of its runs is wanted; 'status " + id + "' shows those";
  }

  @Override
  public RunLog newestRound(RunId id) {
    Optional<RunLog> named = history.find(id);
    // A round that is kept no more has left its loop's name.
    Optional<RunId> loop = named.isEmpty() ? Optional.of(id) : named.flatMap(Catalogue::loopOf);
    return loop.flatMap(this::newestOf).orElseGet(() -> find(id));
  }

  private Optional<RunLog> newestOf(RunId loop) {
    return history.newestFirst().stream()
        .filter(log -> loopOf(log).filter(loop::equals).isPresent())
        .findFirst();
  }

  private static Optional<RunId> loopOf(RunLog log) {
    return log.record().asked().round().map(Round::loop);
  }

  /** The runs that are asked for, the newest first; those of a matrix as they were asked for. */
  List<RunStatus> status(StatusRequest request) {
    Usuals usuals = new Usuals(history.newestFirst());
    return asked(request).stream()
        .map(RunLog::record)
        .filter(run -> request.tree().isEmpty() || run.asked().tree().equals(request.tree()))
        .filter(
            run ->
                request.afterMillis().filter(after -> run.accepted() <= after).isEmpty()
                    || !run.state().isOver())
        .map(
            run ->
                run.status(position(run.id()), usuals.of(run.invocation()), awaitsKeys(run.id())))
        .toList();
  }

  private List<RunLog> asked(StatusRequest request) {
    if (request.id().isEmpty()) {
      return history.newestFirst();
    }
    RunId id = request.id().get();
    List<RunLog> matrix = request.alike() ? List.of() : matrices.runs(id);
    if (!matrix.isEmpty()) {
      return matrix;
    }
    RunLog one = find(id);
    return request.alike()
        ? history.newestFirst().stream()
            .filter(log -> log.record().invocation().equals(one.record().invocation()))
            .toList()
        : List.of(one);
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

  /** How long a run of an invocation usually takes, if that is known. */
  Optional<Usual> usual(Invocation invocation) {
    return new Usuals(history.newestFirst()).of(invocation);
  }

  private boolean awaitsKeys(RunId id) {
    return flowOf(id).filter(OutputFlow::keysAreAwaited).isPresent();
  }

  private int position(RunId id) {
    return unfinished(id).map(Run::position).orElse(0);
  }
}
