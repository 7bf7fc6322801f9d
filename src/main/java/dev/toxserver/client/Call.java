package dev.toxserver.client;

import dev.toxserver.link.Link;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What is asked of the server, and what the server says to it. A question has one answer. A run has
 * events: the client gets them by starting the run or by attaching to it, and over a new connection
 * by attaching from the next event on.
 */
final class Call {
  private static final String REPLY = "reply";

  private final Request request;
  private final Link link;
  private final Terminal terminal;
  private final QueueNotice queueNotice;
  private final Claim claim;

  /** The run that this client starts, if that is what it is asked for. */
  private final Optional<Request.Run> own;

  /** Takes in the events of a run; none if the request is a question. */
  private final Optional<EventReader> reader;

  private final boolean follows;
  private Asked asked = Asked.NOTHING;
  private RunId id;
  private Optional<RunId> loop = Optional.empty();
  private boolean known;

  /** Which of several servers had the run, as far as is known. */
  private Optional<String> holder = Optional.empty();

  /** Those of several servers that are shutting down, and have not taken the run on. */
  private final Set<String> draining = new HashSet<>();

  /** What the server was asked for last. */
  private enum Asked {
    NOTHING,
    RUN,
    RUN_AGAIN,
    ATTACH
  }

  /**
   * Asks for nothing before {@link #ask}.
   *
   * @param keyboard takes part in the run, if the user does
   * @param onRunEnded takes how a run ended; the last of its output may not be written yet
   */
  Call(
      Vertx vertx,
      Request request,
      Link link,
      Terminal terminal,
      Optional<Keyboard> keyboard,
      Executor onContext,
      Consumer<Outcome> onRunEnded) {
    this.request = request;
    this.link = link;
    this.terminal = terminal;
    claim = new Claim(request, terminal, keyboard);
    queueNotice = new QueueNotice(vertx, terminal);
    Optional<Long> from = Optional.of(0L);
    own = request instanceof Request.Run run ? Optional.of(run) : Optional.empty();
    id = own.filter(run -> !run.detached()).map(Request.Run::id).orElse(null);
    if (request instanceof Request.Attach attach) {
      id = attach.id();
      from = attach.from();
      follows = attach.follow();
    } else {
      follows = id != null;
    }
    reader =
        id == null
            ? Optional.empty()
            : Optional.of(
                new EventReader(from, follows, terminal, queueNotice, link, onContext, onRunEnded));
  }

  /**
   * Asks over a new connection. A run that was asked for once may have been started, and even have
   * ended: it is asked for again only when the server says that it knows no such run.
   */
  void ask() {
    if (own.isPresent() && asked == Asked.NOTHING) {
      startRun();
    } else if (own.isPresent() || reader.isPresent()) {
      attach();
    } else {
      link.send(Frames.send(request, REPLY));
    }
  }

  /** Whether it goes on over another connection when one is lost. */
  boolean outlivesConnection() {
    return follows || !draining.isEmpty();
  }

  /** Whether it is for a run that ends with this client. */
  boolean endsWithClient() {
    return claim.isOurs();
  }

  /** Whether the run is somebody else's: it never was this client's, or is no more. */
  boolean looksOn() {
    return claim.looksOn();
  }

  /** What ends it; nothing for a run that is somebody else's, and for a look at the runs. */
  Optional<Request> cancel() {
    return claim.cancel(id);
  }

  /** The outcome when the user leaves before the end, and it can't be cancelled. */
  Outcome left() {
    return known && follows ? new Outcome.Left(id) : new Outcome.Interrupted();
  }

  /** The outcome when nothing more can be heard. */
  Outcome withoutResult(String why) {
    return follows ? EventReader.unknown(why) : new Outcome.Failed(why);
  }

  /**
   * Takes in a frame that is no output.
   *
   * @param cancelled whether the user does not want it any more
   * @return the outcome, if this was the answer to a question, or the server refuses
   * @throws MalformedException if the frame breaks the protocol
   */
  Optional<Outcome> read(JsonObject frame, boolean cancelled) {
    return switch (String.valueOf(frame.getValue("type"))) {
      case "message" -> message(frame.getString("address", ""), frame.getValue("body"));
      case "err" -> {
        int code = frame.getValue("failureCode") instanceof Number number ? number.intValue() : 0;
        yield refused(code, String.valueOf(frame.getValue("message")), cancelled);
      }
      default -> Optional.empty(); // A pong.
    };
  }

  /**
   * Takes in output of a run.
   *
   * @throws MalformedException if it is not the next event
   */
  void output(OutputFrame frame) {
    event(frame.run(), frame.output(), Optional.empty());
  }

  private void event(RunId run, RunEvent event, Optional<JsonObject> sent) {
    if (event instanceof RunEvent.Leaving) {
      leave();
    } else if (reader.isPresent()) {
      isKnown();
      id = run;
      reader.get().read(event, sent);
      claim.read(event);
    }
  }

  /** The server is to end; another may have been given, and has the run as well. */
  private void leave() {
    if (follows && link.oneOfSeveral().isPresent()) {
      link.moveOn();
    }
  }

  /** Says nothing more of the run's place in the queue. */
  void end() {
    queueNotice.end();
    claim.end();
  }

  private Optional<Outcome> message(String address, Object body) {
    if (!address.equals(REPLY)) {
      RunEventJson.decode(body)
          .ifPresent(
              event -> event(Addresses.runOf(address), event, Optional.of((JsonObject) body)));
      return Optional.empty();
    }
    if (!(body instanceof JsonObject answer)) {
      throw new MalformedException("body", "must be a JSON object");
    }
    if (reader.isEmpty()) {
      return Optional.of(
          new Outcome.Answered(asked == Asked.ATTACH ? ReplyJson.foundAgain(answer) : answer));
    }
    accepted(answer);
    return Optional.empty();
  }

  private void accepted(JsonObject answer) {
    isKnown();
    if (asked == Asked.ATTACH) {
      Reply.Attached attached = ReplyJson.decodeAttached(answer);
      id = attached.id();
      loop = attached.loop();
      reader.orElseThrow().attached(attached, answer);
      claim.attached(attached);
    } else {
      claim.accepted(id);
      reader.orElseThrow().accepted(ReplyJson.decodeUsual(answer), answer);
    }
    terminal.accepted(id);
    if (follows && RunState.QUEUED.wireName().equals(answer.getValue("state"))) {
      queueNotice.begin();
    }
  }

  private void isKnown() {
    known = true;
    holder = link.oneOfSeveral();
  }

  private Optional<Outcome> refused(int code, String message, boolean cancelled) {
    boolean notFound = code == ErrorCode.NOT_FOUND.number();
    if (own.isPresent() && asked == Asked.ATTACH && notFound && !known) {
      if (cancelled) {
        return Optional.of(new Outcome.Interrupted());
      }
      startRun();
      return Optional.empty();
    }
    if (asked == Asked.RUN_AGAIN && code == ErrorCode.CONFLICT.number()) {
      // What was sent over an earlier connection, which broke without a word, has arrived since.
      attach();
      return Optional.empty();
    }
    if (!known && code == ErrorCode.DRAINING.number() && isNewlyDraining()) {
      link.moveOn();
      return Optional.empty();
    }
    if (known && notFound && loop.isPresent()) {
      return loop.map(Outcome.Missed::new);
    }
    return Optional.of(
        known
            ? withoutResult(notFound ? Wording.unknownRun(holder, link.oneOfSeveral()) : message)
            : new Outcome.Failed(Wording.answer(link.oneOfSeveral(), message), code));
  }

  /** Whether there may be another server that takes the run on. */
  private boolean isNewlyDraining() {
    return link.oneOfSeveral().filter(draining::add).isPresent();
  }

  /** Registers first, so that no event is missed. */
  private void startRun() {
    asked = asked == Asked.NOTHING ? Asked.RUN : Asked.RUN_AGAIN;
    if (follows) {
      link.send(Frames.register(Addresses.output(id)));
    }
    link.send(Frames.send(own.orElseThrow(), REPLY));
  }

  private void attach() {
    asked = Asked.ATTACH;
    Request.Attach again =
        reader.isPresent()
            ? claim.attach(id, reader.get().nextSeq(), follows)
            : new Request.Attach(own.orElseThrow().id(), Optional.empty(), false);
    link.send(Frames.send(again, REPLY));
  }
}
