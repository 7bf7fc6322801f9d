package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What client and server tell each other about one request, until it is known how it ended. */
final class Dialogue implements Contact.Listener {
  private static final String REPLY = "reply";
  private static final String CANCEL_REPLY = "cancel-reply";

  private final Vertx vertx;
  private final ClientConfig config;
  private final Request request;
  private final Terminal terminal;
  private final Executor onContext;
  private final Promise<Outcome> outcome;
  private final Contact contact;
  private final Optional<Following> following;
  private final Departure departure;
  private final QueueNotice queueNotice;

  /**
   * Says nothing before {@link #start}.
   *
   * @param onContext runs what comes from other threads where the dialogue takes place
   * @param outcome is completed once, when all output is written
   */
  Dialogue(
      Vertx vertx,
      ClientConfig config,
      Request request,
      Terminal terminal,
      Executor onContext,
      Promise<Outcome> outcome) {
    this.vertx = vertx;
    this.config = config;
    this.request = request;
    this.terminal = terminal;
    this.onContext = onContext;
    this.outcome = outcome;
    contact = new Contact(vertx, config, terminal, this);
    queueNotice = new QueueNotice(vertx, terminal);
    following = following();
    departure =
        new Departure(vertx, request, terminal, contact, following, CANCEL_REPLY, this::end);
  }

  void start() {
    contact.start();
  }

  /** A ^C. */
  void interrupt() {
    departure.interrupt();
  }

  /** The client has to go, whatever the server says. */
  void leave(Outcome how) {
    departure.leave(how);
  }

  @Override
  public void connected() {
    following.ifPresentOrElse(Following::open, () -> contact.send(request, REPLY));
    departure.connected();
  }

  /**
   * A connection that breaks before the first word is a server that is not there yet: the proxies
   * of container engines accept for it.
   */
  @Override
  public Contact.Loss lossMeans(boolean heardAnything) {
    if (departure.leaving().isPresent()) {
      return Contact.Loss.GIVE_UP;
    }
    if (!heardAnything && !departure.isCancelling()) {
      return Contact.Loss.START_OVER;
    }
    return following.filter(Following::outlivesConnection).isPresent()
        ? Contact.Loss.GO_ON
        : Contact.Loss.GIVE_UP;
  }

  @Override
  public void unreachable(String why) {
    end(new Outcome.Failed(why));
  }

  @Override
  public void lost(String why) {
    end(following.map(run -> run.withoutResult(why)).orElseGet(() -> new Outcome.Failed(why)));
  }

  @Override
  public void timedOut() {
    end(
        new Outcome.TimedOut(
            "Command %s timed out! Nothing was heard from %s for %s s."
                .formatted(request.command(), config.address(), config.timeout().orElseThrow())));
  }

  @Override
  public void output(OutputFrame frame) {
    if (departure.leaving().isEmpty()) {
      inProtocol(() -> event(frame.run(), frame.output()));
    }
  }

  @Override
  public void frame(JsonObject frame) {
    inProtocol(() -> heed(frame));
  }

  private void heed(JsonObject frame) {
    String address = frame.getString("address", "");
    if (address.equals(CANCEL_REPLY)) {
      cancelAnswered(frame);
    } else if (departure.leaving().isEmpty()) {
      switch (String.valueOf(frame.getValue("type"))) {
        case "message" -> message(address, frame.getValue("body"));
        case "err" -> refused(frame);
        default -> {
          // A pong: a sign of life, and noted as one.
        }
      }
    }
  }

  private void inProtocol(Runnable taken) {
    try {
      taken.run();
    } catch (MalformedException | ClassCastException e) {
      end(new Outcome.Failed("the server broke the protocol: " + e.getMessage()));
    }
  }

  private void event(RunId id, RunEvent event) {
    following.ifPresent(run -> run.event(id, event));
  }

  private void message(String address, Object body) {
    if (!address.equals(REPLY)) {
      RunEventJson.decode(body).ifPresent(event -> event(Addresses.runOf(address), event));
    } else if (!(body instanceof JsonObject object)) {
      throw new MalformedException("body", "must be a JSON object");
    } else if (following.isEmpty()) {
      end(new Outcome.Answered(object));
    } else if (following.orElseThrow().accepted(object)) {
      queueNotice.begin();
    }
  }

  private void refused(JsonObject frame) {
    int code = frame.getValue("failureCode") instanceof Number number ? number.intValue() : 0;
    String message = String.valueOf(frame.getValue("message"));
    following
        .map(run -> run.refused(code, message, !departure.isCancelling()))
        .orElseGet(() -> Optional.of(new Outcome.Failed(message)))
        .ifPresent(this::end);
  }

  /** What comes of a cancel is told by the run's own events, and that there is no such run, too. */
  private void cancelAnswered(JsonObject frame) {
    boolean unknown =
        Integer.valueOf(ErrorCode.NOT_FOUND.number()).equals(frame.getValue("failureCode"));
    if ("err".equals(frame.getValue("type")) && !unknown && departure.leaving().isEmpty()) {
      terminal.say(String.valueOf(frame.getValue("message")));
    }
    departure.cancelAnswered();
  }

  private Optional<Following> following() {
    if (request instanceof Request.Run run && !run.detached()) {
      return Optional.of(Following.own(run, contact, REPLY, reader(Optional.of(0L), true)));
    }
    if (request instanceof Request.Attach attach) {
      EventReader reader = reader(attach.from(), attach.follow());
      return Optional.of(Following.ofAnother(attach, contact, REPLY, reader));
    }
    return Optional.empty();
  }

  private EventReader reader(Optional<Long> from, boolean follows) {
    return new EventReader(
        from, follows, terminal, queueNotice, contact, onContext, this::runEnded);
  }

  private void runEnded(Outcome how) {
    contact.close();
    terminal.flushed().thenRun(() -> onContext.execute(() -> end(how)));
  }

  private void end(Outcome how) {
    if (outcome.tryComplete(departure.leaving().orElse(how))) {
      queueNotice.end();
      departure.ended();
      contact.close();
    }
  }
}
