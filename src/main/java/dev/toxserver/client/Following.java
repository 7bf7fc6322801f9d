package dev.toxserver.client;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Asks the server for one run's events: by a run of our own, by an attach to one that is there, and
 * after a lost connection by an attach from where we were.
 */
final class Following {
  private final Contact contact;
  private final String replyAddress;
  private final Optional<Request.Run> own;
  private final boolean follows;
  private final EventReader reader;

  private RunId id;
  private boolean known;
  private boolean attaching;
  private boolean refused;
  private int submissions;

  private Following(
      Contact contact,
      String replyAddress,
      Optional<Request.Run> own,
      RunId id,
      boolean follows,
      EventReader reader) {
    this.contact = contact;
    this.replyAddress = replyAddress;
    this.own = own;
    this.id = id;
    this.follows = follows;
    this.reader = reader;
  }

  /** Asks for a run of our own, which ends with us. */
  static Following own(Request.Run run, Contact contact, String replyAddress, EventReader reader) {
    return new Following(contact, replyAddress, Optional.of(run), run.id(), true, reader);
  }

  /** Asks for the events of a run that is there. */
  static Following ofAnother(
      Request.Attach attach, Contact contact, String replyAddress, EventReader reader) {
    return new Following(
        contact, replyAddress, Optional.empty(), attach.id(), attach.follow(), reader);
  }

  RunId id() {
    return id;
  }

  /** Whether the server has said anything of the run. */
  boolean isKnown() {
    return known;
  }

  /** Whether another connection can take the place of a lost one. */
  boolean outlivesConnection() {
    return follows;
  }

  /** Whether it is a run of our own that may still be under way, and nobody's when we leave. */
  boolean endsWithUs() {
    return own.isPresent() && submissions > 0 && !refused && !reader.hasEnded();
  }

  boolean isOver() {
    return reader.hasEnded();
  }

  /**
   * Asks over a new connection. What was asked for once may have arrived, and have ended since: a
   * run is asked for again only if the server does not know it.
   */
  void open() {
    if (own.isPresent() && submissions == 0) {
      submit();
    } else {
      attach();
    }
  }

  /** The server's answer came; whether the run waits for its turn. */
  boolean accepted(JsonObject body) {
    known = true;
    if (attaching) {
      Reply.Attached attached = ReplyJson.decodeAttached(body);
      id = attached.id();
      reader.startAt(attached.from());
    }
    return follows && RunState.QUEUED.wireName().equals(body.getValue("state"));
  }

  /** An event of a run came. */
  void event(RunId run, RunEvent event) {
    known = true;
    id = run;
    reader.read(event);
  }

  /**
   * The server does not do what it was asked for.
   *
   * @param stillWanted whether a run that the server has never heard of is to be asked for again
   * @return what came of it, if it is the end
   */
  Optional<Outcome> refused(int code, String message, boolean stillWanted) {
    boolean notFound = code == ErrorCode.NOT_FOUND.number();
    if (own.isPresent() && attaching && notFound && !known) {
      if (stillWanted) {
        submit();
        return Optional.empty();
      }
      refused = true;
      return Optional.of(new Outcome.Interrupted());
    }
    if (!attaching && code == ErrorCode.CONFLICT.number() && submissions > 1) {
      // An earlier connection broke without a word, but what we sent had arrived.
      attach();
      return Optional.empty();
    }
    refused = true;
    if (!known) {
      return Optional.of(new Outcome.Failed(message));
    }
    return Optional.of(
        withoutResult(
            notFound ? "the server does not know the run any more (was it restarted?)" : message));
  }

  /** What came of it if nothing more can be heard. */
  Outcome withoutResult(String why) {
    return follows ? EventReader.unknown(why) : new Outcome.Failed(why);
  }

  /** It listens first, so that it misses nothing. */
  private void submit() {
    attaching = false;
    submissions++;
    contact.register(Addresses.output(id));
    contact.send(own.orElseThrow(), replyAddress);
  }

  private void attach() {
    attaching = true;
    contact.send(new Request.Attach(id, reader.nextSeq(), follows, own.isPresent()), replyAddress);
  }
}
