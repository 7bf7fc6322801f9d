package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Hands on what the requesters of runs type or pipe into them, and the sizes of their terminals.
 * Belongs to the server's context.
 */
final class Inputs {
  /** A client that sends without waiting for the start would ask again at once. */
  private static final long WAITING_MILLIS = 1_000;

  private final Vertx vertx;
  private final Dispatcher dispatcher;
  private final Catalogue catalogue;

  Inputs(Vertx vertx, Dispatcher dispatcher, Catalogue catalogue) {
    this.vertx = vertx;
    this.dispatcher = dispatcher;
    this.catalogue = catalogue;
  }

  /**
   * Hands input on. Of a run that waits for its turn, none is taken.
   *
   * @return how far all of it was taken, as soon as the program has it, but at most some seconds
   *     later
   * @throws RefusedException if the run has ended or no input, the connection is not its
   *     requester's, or has sent other input that was not answered yet
   */
  Future<Reply.InputTaken> take(InputRequest request, Connection connection) {
    Run run = runOf(request.id(), connection);
    if (!run.request().side().hasInput()) {
      throw new RefusedException(
          ErrorCode.MALFORMED, "id: the run was asked for without a terminal and without stdin");
    }
    boolean asksOnly = request.data().length == 0 && !request.end();
    if (!asksOnly && !run.beginInput(connection)) {
      throw new RefusedException(
          ErrorCode.BUSY, "an earlier input of this run was not answered yet");
    }
    Future<Reply.InputTaken> taken =
        run.runner().isEmpty() ? nothing(asksOnly) : dispatcher.input(run, request);
    return asksOnly ? taken : taken.onComplete(done -> run.endInput(connection));
  }

  /**
   * Gives a run's terminal another size; of one that waits for its turn, the terminal that it will
   * have.
   *
   * @throws RefusedException if the run has ended or no terminal, or the connection is not its
   *     requester's
   */
  void resize(Request.Resize request, Connection connection) {
    Run run = runOf(request.id(), connection);
    if (run.request().side().terminal().isEmpty()) {
      throw new RefusedException(
          ErrorCode.MALFORMED, "id: the run was asked for without a terminal");
    }
    run.resize(request.size());
    if (run.runner().isPresent()) {
      dispatcher.resize(run, request.size());
    }
  }

  private Future<Reply.InputTaken> nothing(boolean atOnce) {
    Reply.InputTaken none = new Reply.InputTaken(0);
    return atOnce ? Future.succeededFuture(none) : vertx.timer(WAITING_MILLIS).map(late -> none);
  }

  private Run runOf(RunId id, Connection connection) {
    Run run =
        catalogue
            .unfinished(catalogue.find(id).id())
            .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "id: the run has ended"));
    if (!run.flow().requester().isAt(connection)) {
      throw new RefusedException(
          ErrorCode.FORBIDDEN,
          "id: another client has the keyboard of " + run.id() + "; 'attach --take' takes it over");
    }
    return run;
  }
}
