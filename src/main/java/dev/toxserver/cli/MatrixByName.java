package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
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
  static Optional<KnownMatrix> find(Optional<RunId> name, Outcome outcome, ClientSession session) {
    boolean unknown = outcome instanceof Outcome.Failed failed && failed.unknown();
    return unknown && name.isPresent()
        ? runs(name.get(), session.carryOut(new StatusRequest(name)), session)
        : Optional.empty();
  }

  private static Optional<KnownMatrix> runs(RunId name, Outcome outcome, ClientSession session) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      return Optional.empty();
    }
    try {
      Reply.Status status = ReplyJson.decodeStatus(answered.body());
      return Optional.of(new KnownMatrix(name, status.runs(), status.complete()))
          .filter(KnownMatrix::isMatrix);
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
