package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends what one connection asks for over the event bus, and answers it, as the stock bridge does
 * for its own connections.
 */
final class EventBusRequests implements Consumer<JsonObject> {
  private final Vertx vertx;
  private final Connection connection;

  EventBusRequests(Vertx vertx, Connection connection) {
    this.vertx = vertx;
    this.connection = connection;
  }

  /** A request or a ping, as {@link FrameRules#admit} returns it. */
  @Override
  public void accept(JsonObject frame) {
    if (Frames.isPing(frame)) {
      connection.answer(Frames.encode(Frames.pong()));
    } else {
      ask(frame);
    }
  }

  /** Without a replyAddress, nobody is told what came of it. */
  private void ask(JsonObject request) {
    DeliveryOptions options = new DeliveryOptions();
    request
        .getJsonObject("headers")
        .forEach(each -> options.addHeader(each.getKey(), String.valueOf(each.getValue())));
    String address = request.getString("address");
    if (!(request.getValue("replyAddress") instanceof String)) {
      vertx.eventBus().send(address, request.getValue("body"), options);
      return;
    }
    vertx
        .eventBus()
        .request(address, request.getValue("body"), options)
        .onSuccess(reply -> connection.answer(Frames.encode(answer(request, reply.body()))))
        .onFailure(failure -> connection.answer(Frames.encode(error(request, failure))));
  }

  private static JsonObject answer(JsonObject request, Object body) {
    return Frames.order(request.getString("replyAddress"), (JsonObject) body, Optional.empty());
  }

  private static JsonObject error(JsonObject request, Throwable failure) {
    int code = failure instanceof ReplyException refused ? refused.failureCode() : -1;
    return Frames.error(request, code, failure.getMessage());
  }
}
