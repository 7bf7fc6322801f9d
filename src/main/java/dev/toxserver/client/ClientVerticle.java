package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * Carries out one request: connects, subscribes to the run's output if it is a run, sends it, shows
 * what comes, cancels when the user wants, and says how it ended.
 */
public final class ClientVerticle extends VerticleBase {
  private static final String REPLY = "reply";
  private static final String CANCEL_REPLY = "cancel-reply";
  private static final long QUEUE_NOTICE_MILLIS = 2_000;

  private final ClientConfig config;
  private final Request request;
  private final Terminal terminal;
  private final Promise<Outcome> outcome = Promise.promise();

  private Connector connector;
  private Optional<Silence> silence = Optional.empty();
  private Link link;
  private boolean heardAnything;
  private boolean cancelling;
  private boolean waitsForItsTurn;
  private long nextSeq;

  /** A client for one request; {@link #outcome} tells how it went. */
  public ClientVerticle(ClientConfig config, Request request, Terminal terminal) {
    this.config = config;
    this.request = request;
    this.terminal = terminal;
  }

  @Override
  public Future<?> start() {
    connector = new Connector(vertx, config, terminal);
    silence = config.timeout().map(seconds -> new Silence(vertx, seconds, this::timedOut));
    silence.ifPresent(Silence::watch);
    terminal.outputClosed().thenRun(() -> context.runOnContext(v -> outputClosed()));
    connector.connect().onSuccess(this::connected).onFailure(this::notConnected);
    return Future.succeededFuture();
  }

  /** How the request ended; completes once, when all output is written. */
  public Future<Outcome> outcome() {
    return outcome.future();
  }

  /**
   * The user pressed ^C. The first time, the server is asked to cancel; the second time, or while
   * there is no server, the client leaves at once. May be called on any thread.
   */
  public void interrupt() {
    context.runOnContext(v -> interrupted());
  }

  private void connected(NetSocket socket) {
    if (outcome.future().isComplete()) {
      socket.close();
      return;
    }
    silence.ifPresent(Silence::heard);
    link = new Link(vertx, socket, config.token(), this::frame, this::lost);
    if (request instanceof Request.Run run) {
      link.register(Addresses.output(run.id()));
    }
    link.send(request, REPLY);
  }

  private void notConnected(Throwable failure) {
    end(new Outcome.Failed(failure.getMessage()));
  }

  private void frame(JsonObject frame) {
    heardAnything = true;
    silence.ifPresent(Silence::heard);
    try {
      switch (String.valueOf(frame.getValue("type"))) {
        case "message" -> message(frame.getString("address", ""), frame.getValue("body"));
        case "err" -> error(frame);
        default -> {
          // A pong: a sign of life, and noted as one.
        }
      }
    } catch (MalformedException | ClassCastException e) {
      end(new Outcome.Failed("the server broke the protocol: " + e.getMessage()));
    }
  }

  private void message(String address, Object body) {
    switch (address) {
      case REPLY -> answered(body);
      case CANCEL_REPLY -> {
        // The run's own events tell what comes of it.
      }
      default -> RunEventJson.decode(body).ifPresent(this::event);
    }
  }

  private void answered(Object body) {
    if (!(body instanceof JsonObject object)) {
      throw new MalformedException("body", "must be a JSON object");
    }
    if (!(request instanceof Request.Run)) {
      end(new Outcome.Answered(object));
    } else if ("queued".equals(object.getValue("state"))) {
      queued();
    }
  }

  private void error(JsonObject frame) {
    String message = String.valueOf(frame.getValue("message"));
    if (CANCEL_REPLY.equals(frame.getValue("address"))) {
      terminal.say(message);
    } else {
      end(new Outcome.Failed(message));
    }
  }

  private void event(RunEvent event) {
    if (event instanceof RunEvent.Sequenced sequenced && sequenced.seq() != nextSeq++) {
      throw new MalformedException("seq", "event " + (nextSeq - 1) + " of the run is missing");
    }
    if (event instanceof RunEvent.Started) {
      waitsForItsTurn = false;
    } else if (event instanceof RunEvent.Output output) {
      show(output.stream(), output.data());
    } else if (event instanceof RunEvent.Exit exit) {
      Outcome exited = new Outcome.Exited(exit.returncode(), exit.error());
      link.close();
      terminal.flushed().thenRun(() -> context.runOnContext(v -> end(exited)));
    }
  }

  private void queued() {
    waitsForItsTurn = true;
    vertx.setTimer(
        QUEUE_NOTICE_MILLIS,
        timer -> {
          if (waitsForItsTurn && !outcome.future().isComplete()) {
            terminal.say("Command run is queued");
          }
        });
  }

  /** A slow terminal or pager slows the run, as it would locally. */
  private void show(Stream stream, byte[] data) {
    terminal.output(stream, data);
    if (terminal.isFull(stream)) {
      link.pause();
      silence.ifPresent(Silence::suspend);
      terminal.onDrained(stream, () -> context.runOnContext(v -> drained()));
    }
  }

  private void drained() {
    silence.ifPresent(Silence::resume);
    link.resume();
  }

  private void interrupted() {
    if (link == null || cancelling) {
      end(new Outcome.Interrupted());
      return;
    }
    cancelling = true;
    terminal.sayAfterInterrupt(
        "Cancelling " + request.command() + " with the server. ^C again to exit.");
    link.send(
        request instanceof Request.Run run
            ? new Request.CancelRun(run.id())
            : new Request.CancelCommand(request.command()),
        CANCEL_REPLY);
  }

  private void outputClosed() {
    end(new Outcome.OutputClosed());
  }

  private void timedOut() {
    end(
        new Outcome.TimedOut(
            "Command %s timed out! Nothing was heard from %s for %s s."
                .formatted(request.command(), config.address(), config.timeout().orElseThrow())));
  }

  /**
   * A connection that breaks before the first word is a server that is not there yet: the proxies
   * of container engines accept for it.
   */
  private void lost(Throwable reason) {
    link = null;
    if (outcome.future().isComplete()) {
      return;
    }
    if (!heardAnything && !cancelling) {
      connector.connectAgain(reason).onSuccess(this::connected).onFailure(this::notConnected);
    } else if (request instanceof Request.Run) {
      end(new Outcome.Failed("the run's result is unknown: " + lostBecause(reason.getMessage())));
    } else {
      end(new Outcome.Failed(lostBecause(reason.getMessage())));
    }
  }

  private String lostBecause(String reason) {
    return "the connection to " + config.address() + " was lost (" + reason + ")";
  }

  private void end(Outcome how) {
    if (outcome.tryComplete(how) && link != null) {
      link.close();
    }
  }
}
