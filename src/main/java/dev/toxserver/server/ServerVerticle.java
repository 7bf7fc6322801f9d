package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RequestJson;
import dev.toxserver.protocol.RunnerNotice;
import dev.toxserver.server.delivery.Follower;
import dev.toxserver.server.door.Bridge;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.Gate;
import dev.toxserver.server.door.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads commands from the TCP event-bus bridge, and from the event bus itself, and dispatches runs
 * to the runner.
 */
public final class ServerVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(ServerVerticle.class.getName());

  private final ServerConfig config;
  private final Connections connections = new Connections();
  private Runs runs;
  private Bridge bridge;

  /** A server that listens where the configuration says, once it is deployed. */
  public ServerVerticle(ServerConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    runs = new Runs(vertx, config, connections);
    connections.onClosed(runs::requesterLost);
    answer(Addresses.RUN, this::run);
    answer(Addresses.CANCEL, this::cancel);
    answer(Addresses.PING, this::ping);
    answer(Addresses.QUIT, this::quit);
    answer(Addresses.ATTACH, this::attach);
    answer(Addresses.ACKNOWLEDGE, this::acknowledge);
    answer(Addresses.STATUS, this::status);
    vertx.eventBus().consumer(Addresses.RUNNER_ENDED, this::runnerEnded);
    bridge = new Bridge(vertx, config, new Gate(vertx, config, connections));
    return runs.open().compose(opened -> bridge.listen());
  }

  @Override
  public Future<?> stop() {
    return bridge.close().eventually(runs::close);
  }

  /** Where the server listens. Valid once it is deployed. */
  public int port() {
    return bridge.port();
  }

  /** Completes when the server was told to quit and everything that it had accepted has ended. */
  public Future<Void> drained() {
    return runs.drained();
  }

  /**
   * A signal asks the server to end: the first has it drain, each later one also cancels what is
   * left. May be called on any thread, once it is deployed.
   */
  public void signalled() {
    context.runOnContext(v -> runs.signalled());
  }

  /** Reads the files for TLS again, and says how that went. May be called on any thread. */
  public void reloadTls() {
    context.runOnContext(
        v ->
            bridge
                .reloadTls()
                .onSuccess(done -> LOG.info("The TLS files were read again, for new connections"))
                .onFailure(
                    failure ->
                        LOG.log(
                            Level.WARNING,
                            "The TLS files are served as they were before: {0}",
                            failure.getMessage())));
  }

  private void run(Message<Object> message) {
    if (connections.hasLostSenderOf(message)) {
      LOG.log(Level.INFO, "{0} ignored: its client has gone", message.address());
      return;
    }
    Request.Run request = RequestJson.decodeRun(message.body());
    Run run = runs.accept(request, connections.senderOf(message));
    reply(message, new Reply.Accepted(run.id(), !run.isWaiting(), run.position()));
    runs.begin(run);
  }

  private void cancel(Message<Object> message) {
    reply(message, new Reply.Cancelled(runs.cancel(RequestJson.decodeCancel(message.body()))));
  }

  private void ping(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    reply(message, runs.pong());
  }

  private void quit(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    reply(message, new Reply.Done());
    runs.drain();
  }

  private void attach(Message<Object> message) {
    Request.Attach request = RequestJson.decodeAttach(message.body());
    Follower follower = runs.attachments().attach(request, readerOf(message));
    reply(message, follower.answer());
    behindAnswer(follower::begin);
  }

  private void acknowledge(Message<Object> message) {
    runs.attachments()
        .acknowledge(RequestJson.decodeAcknowledge(message.body()), readerOf(message));
    reply(message, new Reply.Acknowledged());
  }

  private void status(Message<Object> message) {
    Request.Status request = RequestJson.decodeStatus(message.body());
    Optional<Connection> sender = connections.senderOf(message);
    // Its answer is a thousand times as long as what asks for it.
    if (sender.filter(Connection::hasLongAnswer).isPresent()) {
      throw new RefusedException(ErrorCode.BUSY, "an earlier answer was not taken yet");
    }
    reply(message, StatusReply.of(runs.catalogue().status(request)));
    sender.ifPresent(
        connection -> {
          connection.longAnswer(true);
          behindAnswer(() -> connection.longAnswer(false));
        });
  }

  /**
   * Does something when the socket has been given the answer, which goes round by the bus: what is
   * asked for behind it comes behind it.
   */
  private void behindAnswer(Runnable action) {
    vertx
        .eventBus()
        .request(Addresses.PING, RequestJson.encode(new Request.Ping()))
        .onComplete(behind -> action.run());
  }

  private Connection readerOf(Message<Object> message) {
    return connections
        .senderOf(message)
        .orElseThrow(
            () ->
                new RefusedException(
                    ErrorCode.MALFORMED, "address: works for clients of the bridge only"));
  }

  private void runnerEnded(Message<JsonObject> message) {
    runs.freePlaceOf(RunnerNotice.fromJson(message.body()).id());
    message.reply(new JsonObject());
  }

  private void answer(String address, Consumer<Message<Object>> handler) {
    vertx
        .eventBus()
        .<Object>consumer(
            address,
            message -> {
              try {
                handler.accept(message);
              } catch (MalformedException e) {
                fail(message, ErrorCode.MALFORMED, e);
              } catch (RefusedException e) {
                fail(message, e.code(), e);
              } catch (RuntimeException e) {
                // A bug of ours; silence would let the client wait for ever.
                LOG.log(Level.SEVERE, message.address() + " failed", e);
                message.fail(ErrorCode.INTERNAL.number(), "the server failed; its log says why");
              }
            });
  }

  private static void reply(Message<Object> message, Reply reply) {
    message.reply(ReplyJson.encode(reply));
  }

  private static void fail(Message<Object> message, ErrorCode code, RuntimeException cause) {
    LOG.log(Level.INFO, "{0} refused: {1}", new Object[] {message.address(), cause.getMessage()});
    message.fail(code.number(), cause.getMessage());
  }
}
