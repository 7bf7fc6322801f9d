package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RequestJson;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
import dev.toxserver.protocol.TokenJson;
import dev.toxserver.protocol.Usual;
import dev.toxserver.server.delivery.Follower;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.tokens.Rights;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers clients' requests on the event bus, whatever transport has put them there. A request that
 * is not well formed, or can't be granted, fails with a code and one line for the user.
 */
final class Requests {
  private static final Logger LOG = Logger.getLogger(Requests.class.getName());

  private final Vertx vertx;
  private final Runs runs;
  private final Roster roster;
  private final Connections connections;
  private final Tokens tokens;

  Requests(Vertx vertx, Runs runs, Roster roster, Connections connections, Tokens tokens) {
    this.vertx = vertx;
    this.runs = runs;
    this.roster = roster;
    this.connections = connections;
    this.tokens = tokens;
  }

  /** Answers from now on, on the caller's context. */
  void serve() {
    answer(Addresses.RUN, this::run);
    answer(Addresses.CANCEL, this::cancel);
    answer(Addresses.PING, this::ping);
    answer(Addresses.QUIT, this::quit);
    answer(Addresses.ATTACH, this::attach);
    answer(Addresses.ACKNOWLEDGE, this::acknowledge);
    answer(Addresses.STATUS, this::status);
    answer(Addresses.RESULTS, this::results);
    answer(Addresses.INPUT, this::input);
    answer(Addresses.RESIZE, this::resize);
    answer(Addresses.RUNNERS, this::runners);
    answer(
        Addresses.TOKEN_CREATE,
        each -> reply(each, tokens.create(TokenJson.decodeCreate(each.body()))));
    answer(
        Addresses.TOKEN_REVOKE,
        each -> reply(each, tokens.revoke(TokenJson.decodeRevoke(each.body()).id())));
    answer(Addresses.TOKENS, this::tokens);
  }

  private void run(Message<Object> message) {
    if (connections.hasLostSenderOf(message)) {
      LOG.log(Level.INFO, "{0} ignored: its client has gone", message.address());
      return;
    }
    Request.Run request = RequestJson.decodeRun(message.body());
    Rights rights = connections.rightsOf(message);
    Run run = runs.accept(request, rights, connections.senderOf(message));
    Optional<Usual> usual = runs.catalogue().usual(run.request().invocation());
    reply(message, new Reply.Accepted(run.id(), !run.isWaiting(), run.position(), usual));
    runs.placing().begin(run);
    rights
        .leftOut(request)
        .ifPresent(why -> behindAnswer(() -> run.flow().tell(new RunEvent.Notice(why))));
  }

  private void cancel(Message<Object> message) {
    Request.Cancel request = RequestJson.decodeCancel(message.body());
    Rights rights = connections.rightsOf(message);
    reply(message, new Reply.Cancelled(runs.cancellations().cancel(request, rights)));
  }

  private void ping(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    reply(message, runs.pong());
  }

  private void quit(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    reply(message, new Reply.Done());
    runs.drain().begin();
  }

  private void attach(Message<Object> message) {
    Request.Attach request = RequestJson.decodeAttach(message.body());
    Connection reader = readerOf(message);
    checkRole(request, connections.rightsOf(message));
    Follower follower = runs.attachments().attach(request, reader);
    reply(message, follower.answer(runs.claim(request, follower.id(), reader)));
    behindAnswer(follower::begin);
  }

  /** Whoever comes back to a run that has ended meanwhile only reads it. */
  private void checkRole(Request.Attach request, Rights rights) {
    if (request.role() == Role.ONLOOKER) {
      return;
    }
    RunId id = runs.attachments().meant(request).id();
    Optional<Run> run = runs.catalogue().unfinished(id);
    if (!rights.mayRun() || run.isPresent() && !rights.owns(run.get().owner())) {
      throw new RefusedException(
          ErrorCode.FORBIDDEN, "id: is of a run of others; " + rights.words());
    }
  }

  private void acknowledge(Message<Object> message) {
    runs.attachments()
        .acknowledge(RequestJson.decodeAcknowledge(message.body()), readerOf(message));
    reply(message, new Reply.Acknowledged());
  }

  private void input(Message<Object> message) {
    InputRequest request = RequestJson.decodeInput(message.body());
    reply(message, runs.inputs().take(request, readerOf(message)));
  }

  private void resize(Message<Object> message) {
    runs.inputs().resize(RequestJson.decodeResize(message.body()), readerOf(message));
    reply(message, new Reply.Resized());
  }

  private void status(Message<Object> message) {
    StatusRequest request = RequestJson.decodeStatus(message.body());
    replyAtLength(message, () -> StatusReply.of(runs.catalogue().status(request)));
  }

  private void results(Message<Object> message) {
    Request.Results request = RequestJson.decodeResults(message.body());
    replyAtLength(message, () -> runs.catalogue().results(request));
  }

  private void runners(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    replyAtLength(message, () -> new Reply.Runners(roster.status()));
  }

  private void tokens(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    replyAtLength(message, tokens::all);
  }

  private void replyAtLength(Message<Object> message, Supplier<Reply> answer) {
    Optional<Connection> sender = connections.senderOf(message);
    // Its answer is a thousand times as long as what asks for it.
    if (sender.filter(Connection::hasLongAnswer).isPresent()) {
      throw new RefusedException(ErrorCode.BUSY, "an earlier answer was not taken yet");
    }
    reply(message, answer.get());
    sender.ifPresent(
        connection -> {
          connection.longAnswer(true);
          behindAnswer(() -> connection.longAnswer(false));
        });
  }

  /**
   * Does something once the connection has been given the answer. The event bus carries that, so
   * ask for something else over the event bus: its answer comes second.
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

  private void answer(String address, Consumer<Message<Object>> handler) {
    vertx
        .eventBus()
        .<Object>consumer(
            address,
            message -> {
              try {
                handler.accept(message);
              } catch (RuntimeException e) {
                fail(message, e);
              }
            });
  }

  private static void reply(Message<Object> message, Reply reply) {
    message.reply(ReplyJson.encode(reply));
  }

  private static void reply(Message<Object> message, Future<? extends Reply> later) {
    later.onSuccess(reply -> reply(message, reply)).onFailure(failure -> fail(message, failure));
  }

  private static void fail(Message<Object> message, Throwable cause) {
    if (cause instanceof MalformedException) {
      refuse(message, ErrorCode.MALFORMED.number(), cause);
    } else if (cause instanceof RefusedException refused) {
      refuse(message, refused.code().number(), cause);
    } else if (cause instanceof Tokens.Refused refused) {
      refuse(message, refused.code().number(), cause);
    } else if (cause instanceof ReplyException runners
        && runners.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
      refuse(message, runners.failureCode(), cause);
    } else {
      // A bug of ours; silence would let the client wait for ever.
      LOG.log(Level.SEVERE, message.address() + " failed", cause);
      message.fail(ErrorCode.INTERNAL.number(), "the server failed; its log says why");
    }
  }

  private static void refuse(Message<Object> message, int code, Throwable cause) {
    LOG.log(Level.INFO, "{0} refused: {1}", new Object[] {message.address(), cause.getMessage()});
    message.fail(code, cause.getMessage());
  }
}
