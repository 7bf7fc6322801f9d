package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.StatusRequest;
import java.util.List;
import java.util.Optional;

/** The runs of a matrix, for the commands to which its name may be given in place of a run's. */
final class MatrixByName {
  private MatrixByName() {}

  /**
   * Asks for them, in the order in which they were asked for; once the server has said that it
   * knows no such run, so that whoever names one is not held up.
   *
   * @param name what the user has named, if anything
   * @param outcome what came of asking for a run of that name
   * @return nothing unless it is a matrix
   */
  static Optional<List<RunStatus>> find(
      Optional<RunId> name, Outcome outcome, ClientSession session) {
    boolean unknown = outcome instanceof Outcome.Failed failed && failed.unknown();
    return unknown && name.isPresent()
        ? runs(name.get(), session.carryOut(new StatusRequest(name)), session)
        : Optional.empty();
  }

  private static Optional<List<RunStatus>> runs(
      RunId name, Outcome outcome, ClientSession session) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      return Optional.empty();
    }
    try {
      Reply.Status status = ReplyJson.decodeStatus(answered.body());
      if (!status.complete()) {
        session.terminal().say("Not all runs of the matrix are told of: there are too many.");
      }
      return Optional.of(status.runs())
          .filter(
              runs ->
                  runs.stream()
                      .flatMap(run -> run.cell().stream())
                      .anyMatch(cell -> cell.matrix().equals(name)));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
