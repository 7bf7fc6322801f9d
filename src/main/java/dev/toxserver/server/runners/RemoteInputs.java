package dev.toxserver.server.runners;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Input on its way to a runner elsewhere, until that has answered. It says from which byte on it
 * is, so that a piece that is sent again after a loss is not taken twice.
 */
final class RemoteInputs {
  /** Each of a run's input is one; only who asks how far it was taken may have more. */
  private static final int MOST = 1_000;

  private final Consumer<JsonObject> sender;
  private final Map<String, Message<JsonObject>> asked = new LinkedHashMap<>();
  private long count;

  /**
   * Nothing is under way.
   *
   * @param sender sends a frame, or does not while there is no connection
   */
  RemoteInputs(Consumer<JsonObject> sender) {
    this.sender = sender;
  }

  /** Hands an order to the runner, which answers it. */
  void ask(Message<JsonObject> order) {
    if (asked.size() >= MOST) {
      order.fail(ErrorCode.BUSY.number(), "too much input waits for the run's runner");
      return;
    }
    String reply = "input-" + ++count;
    asked.put(reply, order);
    send(reply, order);
  }

  /** There is another connection. */
  void askAgain() {
    asked.forEach(this::send);
  }

  /**
   * Hands on an answer.
   *
   * @return false if the frame is none to what was asked
   */
  boolean isAnswered(JsonObject frame) {
    Message<JsonObject> order = asked.remove(frame.getString("address", ""));
    if (order == null) {
      return false;
    }
    if ("err".equals(frame.getString("type"))) {
      order.fail(code(frame), String.valueOf(frame.getValue("message")));
      return true;
    }
    try {
      order.reply(ReplyJson.encode(ReplyJson.decodeInputTaken(frame.getValue("body"))));
    } catch (MalformedException e) {
      order.fail(ErrorCode.INTERNAL.number(), "the run's runner gave no answer");
    }
    return true;
  }

  /** A run has ended: what waits for it is for no later run of the same id. */
  void end(RunId run) {
    refuse(order -> run.value().equals(order.body().getString("id")));
  }

  /** The runner is gone. */
  void close() {
    refuse(order -> true);
  }

  private void refuse(Predicate<Message<JsonObject>> which) {
    asked
        .values()
        .removeIf(
            order -> {
              boolean refused = which.test(order);
              if (refused) {
                order.fail(ErrorCode.NOT_FOUND.number(), "id: the run has ended");
              }
              return refused;
            });
  }

  private void send(String reply, Message<JsonObject> order) {
    sender.accept(Frames.order(order.address(), order.body(), Optional.of(reply)));
  }

  private static int code(JsonObject frame) {
    return frame.getValue("failureCode") instanceof Integer code
        ? code
        : ErrorCode.INTERNAL.number();
  }
}
