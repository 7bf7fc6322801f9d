package dev.toxserver.client;

import dev.toxserver.link.Link;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
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
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What is asked of the server, and what the server says to it. A question has one answer. A run has
 * events: the client gets them by starting the run or by attaching to it, and over a new connection
 * by attaching from the next event on.
 */
final class Call {
  private final Request request;
  private final Link link;
  private final Terminal terminal;
  private final QueueNotice queueNotice;
  private final Claim claim;
  private final Asking asking;

  /** Takes in the events of a run; none if the request is a question. */
  private final Optional<EventReader> reader;

  private final boolean follows;
  private RunId id;
  private Optional<RunId> loop = Optional.empty();
  private boolean known;

  /** Which of several servers had the run, as far as is known. */
  private Optional<String> holder = Optional.empty();

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
    asking = new Asking(request, link, this::attachment);
    queueNotice = new QueueNotice(vertx, terminal);
    Optional<Long> from = Optional.of(0L);
    id = request instanceof Request.Run run && !run.detached() ? run.id() : null;
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

  /** Asks over a new connection. */
  void ask() {
    asking.ask();
  }

  /** A detached run is only looked for: its events are not wanted. */
  private Optional<Request.Attach> attachment() {
    if (reader.isPresent()) {
      return Optional.of(claim.attach(id, reader.get().nextSeq(), follows));
    }
    return request instanceof Request.Run run
        ? Optional.of(new Request.Attach(run.id(), Optional.empty(), false))
        : Optional.empty();
  }

  /**
   * Whether it goes on over another connection when one is lost. A detached run that was answered
   * is over for this client; before that, it can be looked for.
   */
  boolean outlivesConnection() {
    return follows || request instanceof Request.Run || asking.hasMovedOn();
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

  /** The server is to end, or is cut off; another may have been given, and has the run as well. */
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
    if (!address.equals(Asking.REPLY)) {
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
          new Outcome.Answered(asking.isForAttach() ? ReplyJson.foundAgain(answer) : answer));
    }
    accepted(answer);
    return Optional.empty();
  }

  private void accepted(JsonObject answer) {
    isKnown();
    if (asking.isForAttach()) {
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
    if (cancelled && asking.hasNotArrived(code, known)) {
      return Optional.of(new Outcome.Interrupted());
    }
    if (asking.goesOn(code, known)) {
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
}
