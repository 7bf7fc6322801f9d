package dev.toxserver.client;

import dev.toxserver.link.Link;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Request;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the server was asked for last. A run that was asked for once may have been started, and even
 * have ended: over another connection it is looked for, and asked for again only when the server
 * says that it knows no such run.
 */
final class Asking {
  static final String REPLY = "reply";

  private final Request request;
  private final Link link;
  private final Supplier<Optional<Request.Attach>> attachment;

  /** The run that this client starts, if that is what it is asked for. */
  private final Optional<Request.Run> own;

  /** Those of several servers that are shutting down, and have not taken the run on. */
  private final Set<String> draining = new HashSet<>();

  private Asked asked = Asked.NOTHING;

  private enum Asked {
    NOTHING,
    RUN,
    RUN_AGAIN,
    ATTACH
  }

  /**
   * Asks for nothing before {@link #ask}.
   *
   * @param attachment by which a run is come back to, or attached to; none if the request is a
   *     question
   */
  Asking(Request request, Link link, Supplier<Optional<Request.Attach>> attachment) {
    this.request = request;
    this.link = link;
    this.attachment = attachment;
    own = request instanceof Request.Run run ? Optional.of(run) : Optional.empty();
  }

  /** Asks over a new connection. */
  void ask() {
    if (own.isPresent() && asked == Asked.NOTHING) {
      startRun();
    } else {
      attach();
    }
  }

  /** Whether the server was asked for a run that may be there, and not to start one. */
  boolean isForAttach() {
    return asked == Asked.ATTACH;
  }

  /** Whether one of several servers was left, since it takes no runs on any more. */
  boolean hasMovedOn() {
    return !draining.isEmpty();
  }

  /** Whether a refusal says that a run of ours has not arrived. */
  boolean hasNotArrived(int code, boolean known) {
    return own.isPresent()
        && asked == Asked.ATTACH
        && code == ErrorCode.NOT_FOUND.number()
        && !known;
  }

  /**
   * Asks for something else in place of what was refused, if that makes sense.
   *
   * @param known whether the server has said that it knows the run
   * @return whether it does
   */
  boolean goesOn(int code, boolean known) {
    if (hasNotArrived(code, known)) {
      startRun();
      return true;
    }
    if (asked == Asked.RUN_AGAIN && code == ErrorCode.CONFLICT.number()) {
      // What was sent over an earlier connection, which broke without a word, has arrived since.
      attach();
      return true;
    }
    if (!known && code == ErrorCode.DRAINING.number() && isNewlyDraining()) {
      link.moveOn();
      return true;
    }
    return false;
  }

  /** Whether there may be another server that takes the run on. */
  private boolean isNewlyDraining() {
    return link.oneOfSeveral().filter(draining::add).isPresent();
  }

  /** Registers first, so that no event is missed. */
  private void startRun() {
    asked = asked == Asked.NOTHING ? Asked.RUN : Asked.RUN_AGAIN;
    Request.Run run = own.orElseThrow();
    if (!run.detached()) {
      link.send(Frames.register(Addresses.output(run.id())));
    }
    link.send(Frames.send(run, REPLY));
  }

  private void attach() {
    Optional<Request.Attach> attach = attachment.get();
    if (attach.isPresent()) {
      asked = Asked.ATTACH;
      link.send(Frames.send(attach.get(), REPLY));
    } else {
      link.send(Frames.send(request, REPLY));
    }
  }
}
