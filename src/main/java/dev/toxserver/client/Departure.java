package dev.toxserver.client;

import dev.toxserver.protocol.Request;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The user's way out before the answer: a ^C asks the server to cancel and stays, a second one
 * leaves. Who leaves for another reason takes leave of the server first, which would keep the run
 * for a client that may come back.
 */
final class Departure {
  /** For the answer to that cancel: a socket that is closed at once may drop it. */
  private static final long FAREWELL_MILLIS = 1_000;

  private final Vertx vertx;
  private final Request request;
  private final Terminal terminal;
  private final Contact contact;
  private final Optional<Following> following;
  private final String replyAddress;
  private final Consumer<Outcome> onEnd;

  private boolean cancelling;
  private Optional<Outcome> leaving = Optional.empty();

  /**
   * Nobody leaves yet.
   *
   * @param replyAddress where the answer to a cancel comes, for {@link #cancelAnswered}
   * @param onEnd takes how the request ends, when the user has left
   */
  Departure(
      Vertx vertx,
      Request request,
      Terminal terminal,
      Contact contact,
      Optional<Following> following,
      String replyAddress,
      Consumer<Outcome> onEnd) {
    this.vertx = vertx;
    this.request = request;
    this.terminal = terminal;
    this.contact = contact;
    this.following = following;
    this.replyAddress = replyAddress;
    this.onEnd = onEnd;
  }

  boolean isCancelling() {
    return cancelling;
  }

  /** What the client leaves with, if nothing that comes can change that any more. */
  Optional<Outcome> leaving() {
    return leaving;
  }

  /** A ^C. */
  void interrupt() {
    boolean reachable =
        contact.isUp() || contact.isAway() || following.filter(Following::isOver).isPresent();
    if (cancelling || !reachable || cancel().isEmpty()) {
      onEnd.accept(leftAlone().orElseGet(Outcome.Interrupted::new));
      return;
    }
    cancelling = true;
    terminal.sayAfterInterrupt(
        "Cancelling " + request.command() + " with the server. ^C again to exit.");
    sendCancel();
  }

  /** The user is gone or wants us to be: ends with this, but not without a word to the server. */
  void leave(Outcome how) {
    if (leaving.isPresent()
        || !contact.isUp()
        || !following.filter(Following::endsWithUs).isPresent()) {
      onEnd.accept(how);
      return;
    }
    cancelling = true;
    leaving = Optional.of(how);
    sendCancel();
    // The answer stands behind output that the terminal may have held up.
    contact.resume();
    vertx.setTimer(FAREWELL_MILLIS, timer -> onEnd.accept(how));
  }

  /** There is another connection: what the user wants is said over it, too. */
  void connected() {
    if (cancelling) {
      sendCancel();
    }
  }

  void cancelAnswered() {
    leaving.ifPresent(onEnd);
  }

  /** The request has ended in another way; if its run may not have, it is not left behind. */
  void ended() {
    if (!cancelling && following.filter(Following::endsWithUs).isPresent()) {
      sendCancel();
    }
  }

  private void sendCancel() {
    cancel().ifPresent(cancel -> contact.send(cancel, replyAddress));
  }

  /** A run that is somebody else's is not ours to cancel, and to some questions there is no end. */
  private Optional<Request> cancel() {
    if (request instanceof Request.Run run) {
      return Optional.of(new Request.CancelRun(run.id()));
    }
    return request instanceof Request.Attach || request instanceof Request.Status
        ? Optional.empty()
        : Optional.of(new Request.CancelCommand(request.command()));
  }

  private Optional<Outcome> leftAlone() {
    return following
        .filter(run -> request instanceof Request.Attach attach && attach.follow())
        .filter(run -> run.isKnown() && !run.isOver())
        .map(run -> new Outcome.Left(run.id()));
  }
}
