package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RequestJson;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.tokens.TokenRefusedException;
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
 * How requests on the event bus are answered. One that is not well formed, or can't be granted,
 * fails with a code and one line for the user. Belongs to the server's context.
 */
final class Answers {
  private static final Logger LOG = Logger.getLogger(Answers.class.getName());

  private final Vertx vertx;
  private final Connections connections;

  Answers(Vertx vertx, Connections connections) {
    this.vertx = vertx;
    this.connections = connections;
  }

  /** Has the requests to an address handled from now on, on the caller's context. */
  void to(String address, Consumer<Message<Object>> handler) {
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

  /** Answers. */
  static void reply(Message<Object> message, Reply reply) {
    message.reply(ReplyJson.encode(reply));
  }

  /** Answers later, or fails as that has failed. */
  static void reply(Message<Object> message, Future<? extends Reply> later) {
    later.onSuccess(reply -> reply(message, reply)).onFailure(failure -> fail(message, failure));
  }

  /**
   * Goes on with the answer when it is known, or fails as that has failed.
   *
   * @return completes after that
   */
  static <T> Future<T> when(Message<Object> message, Future<T> later, Consumer<T> then) {
    return later
        .map(
            known -> {
              then.accept(known);
              return known;
            })
        .andThen(
            (known, failure) -> {
              if (failure != null) {
                fail(message, failure);
              }
            });
  }

  /**
   * Answers at length.
   *
   * @throws RefusedException if the client has not taken an earlier answer of that kind yet
   */
  void atLength(Message<Object> message, Supplier<Reply> answer) {
    Optional<Connection> sender = connections.senderOf(message);
    // Its answer is a thousand times as long as what asks for it.
    if (sender.filter(Connection::hasLongAnswer).isPresent()) {
      throw new RefusedException(ErrorCode.BUSY, "an earlier answer was not taken yet");
    }
    reply(message, answer.get());
    sender.ifPresent(
        connection -> {
          connection.longAnswer(true);
          behind(() -> connection.longAnswer(false));
        });
  }

  /**
   * Does something once the connection has been given the answer. The event bus carries that, so
   * ask for something else over the event bus: its answer comes second.
   */
  void behind(Runnable action) {
    vertx
        .eventBus()
        .request(Addresses.PING, RequestJson.encode(new Request.Ping()))
        .onComplete(behind -> action.run());
  }

  private static void fail(Message<Object> message, Throwable cause) {
    if (cause instanceof MalformedException) {
      refuse(message, ErrorCode.MALFORMED.number(), cause);
    } else if (cause instanceof RefusedException refused) {
      refuse(message, refused.code().number(), cause);
    } else if (cause instanceof TokenRefusedException refused) {
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
