package dev.toxserver.server;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import java.util.List;
import java.util.Optional;

/**
 * The matrices that runs are of, by their names: each is there as long as one of its runs is known,
 * and whoever gives its name asks for more of it. Belongs to the server's context.
 */
final class Matrices {
  private final History history;
  private final RunQueue queue;

  Matrices(History history, RunQueue queue) {
    this.history = history;
    this.queue = queue;
  }

  /** Whether that is the place of a run in one of this name. */
  static boolean has(RunId name, Optional<Cell> cell) {
    return cell.filter(each -> each.matrix().equals(name)).isPresent();
  }

  /** Its runs in the order in which they were asked for; none if there is no such matrix. */
  List<RunLog> runs(RunId name) {
    return history.ofMatrix(name);
  }

  /**
   * A name stands for a run or for a matrix, and a matrix has one run at a time of an environment.
   *
   * @throws RefusedException if it would be otherwise with one more run
   */
  void check(Request.Run request) {
    if (!runs(request.id()).isEmpty()) {
      throw conflict("id: " + request.id() + " is the name of a matrix");
    }
    request.cell().ifPresent(this::check);
  }

  private void check(Cell cell) {
    RunId name = cell.matrix();
    if (history.find(name).isPresent() || queue.isTaken(name)) {
      throw conflict("matrix: " + name + " is the id of a run");
    }
    if (runs(name).stream()
        .map(RunLog::record)
        .anyMatch(run -> isOf(cell.environment(), run) && !run.state().isOver())) {
      throw conflict(
          "matrix: the run of %s in %s has not ended".formatted(cell.environment(), name));
    }
  }

  private static boolean isOf(String environment, RunRecord run) {
    return run.asked().cell().filter(cell -> cell.environment().equals(environment)).isPresent();
  }

  private static RefusedException conflict(String message) {
    return new RefusedException(ErrorCode.CONFLICT, message);
  }
}
