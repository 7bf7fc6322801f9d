package dev.toxserver.nats;

import io.nats.client.Message;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What JetStream answers, as a future's success or failure. */
final class NatsAnswers {
  private static final int NOT_FOUND = 404;

  private NatsAnswers() {}

  /** An answer of its API, or the acknowledgement of a message that is to be kept. */
  static Future<JsonObject> of(Message answer) {
    if (answer.getStatus() != null) {
      return Future.failedFuture(unexpected(answer));
    }
    try {
      JsonObject body = new JsonObject(Buffer.buffer(answer.getData()));
      JsonObject error = body.getJsonObject("error");
      return error == null
          ? Future.succeededFuture(body)
          : Future.failedFuture(
              new NatsFailure(error.getInteger("err_code", 0), error.getString("description")));
    } catch (DecodeException | ClassCastException e) {
      return Future.failedFuture(new NatsFailure(NatsFailure.NO_ANSWER, "no JSON was answered"));
    }
  }

  /** A message that was asked for. */
  static Future<Optional<Stored>> found(Message answer) {
    if (answer.getStatus() == null) {
      return Future.succeededFuture(Optional.of(Stored.of(answer)));
    }
    return answer.getStatus().getCode() == NOT_FOUND
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(unexpected(answer));
  }

  /** Nothing, if that is why a stream's leader has refused; else the failure. */
  static <T> Future<Optional<T>> ifNone(Throwable failure) {
    return failure instanceof NatsFailure refusal && refusal.code() == NatsFailure.NO_MESSAGE
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(failure);
  }

  private static NatsFailure unexpected(Message answer) {
    return new NatsFailure(NatsFailure.NO_ANSWER, answer.getStatus().getMessageWithCode());
  }
}
