package dev.toxserver.server.runners;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Budget;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Input on its way to a runner elsewhere, until that has answered. It says from which byte on it
 * is, so that a piece that is sent again after a loss is not taken twice.
 */
public final class RemoteInputs {
  /** Each of a run's input is one; only who asks how far it was taken may have more. */
  private static final int MOST = 1_000;

  /** So begins each address that answers come to. */
  private static final String ANSWERS = "input-";

  /** Whoever answers late answers no other piece, though this be another runner or server. */
  private final String answers = ANSWERS + UUID.randomUUID() + "-";

  private final Consumer<JsonObject> sender;
  private final Budget budget;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private long count;

  /**
   * Nothing is under way.
   *
   * @param sender sends a frame, or does not while there is no connection
   * @param budget for what the server holds of all runs elsewhere; a piece beyond it is refused
   */
  public RemoteInputs(Consumer<JsonObject> sender, Budget budget) {
    this.sender = sender;
    this.budget = budget;
  }

  /** Hands an order to the runner, which answers it. */
  public void ask(Message<JsonObject> order) {
    Asked next = new Asked(answers + ++count, order);
    if (asked.size() >= MOST) {
      next.refuseForNow();
      return;
    }
    asked.put(next.reply, next);
    next.send();
    budget.hold(next, RunEventJson.weight(order.body()));
  }

  /** There is another connection. */
  public void askAgain() {
    asked.values().forEach(Asked::send);
  }

  /**
   * Hands on an answer. One that comes twice, after a loss, or when its run has ended is for
   * nobody.
   *
   * @return false if the frame is no answer
   */
  public boolean isAnswered(JsonObject frame) {
    String address = frame.getString("address", "");
    Asked answered = asked.remove(address);
    if (answered != null) {
      budget.hold(answered, 0);
      answered.answer(frame);
    }
    return address.startsWith(ANSWERS);
  }

  /** A run has ended: what waits for it is for no later run of the same id. */
  public void end(RunId run) {
    refuse(each -> run.value().equals(each.order.body().getString("id")));
  }

  /** The runner is gone. */
  public void close() {
    refuse(each -> true);
  }

  private void refuse(Predicate<Asked> which) {
    for (Asked each : List.copyOf(asked.values())) {
      if (which.test(each)) {
        asked.remove(each.reply);
        budget.hold(each, 0);
        each.order.fail(ErrorCode.NOT_FOUND.number(), "id: the run has ended");
      }
    }
  }

  private static int code(JsonObject frame) {
    return frame.getValue("failureCode") instanceof Integer code
        ? code
        : ErrorCode.INTERNAL.number();
  }

  /** A piece that was not answered yet. */
  private final class Asked implements Budget.Holder {
    private final String reply;
    private final Message<JsonObject> order;

    Asked(String reply, Message<JsonObject> order) {
      this.reply = reply;
      this.order = order;
    }

    void send() {
      sender.accept(Frames.order(order.address(), order.body(), Optional.of(reply)));
    }

    void answer(JsonObject frame) {
      if ("err".equals(frame.getString("type"))) {
        order.fail(code(frame), String.valueOf(frame.getValue("message")));
        return;
      }
      try {
        order.reply(ReplyJson.encode(ReplyJson.decodeInputTaken(frame.getValue("body"))));
      } catch (MalformedException e) {
        order.fail(ErrorCode.INTERNAL.number(), "the run's runner gave no answer");
      }
    }

    void refuseForNow() {
      order.fail(ErrorCode.BUSY.number(), "too much input waits for runners");
    }

    @Override
    public void giveUp() {
      asked.remove(reply);
      refuseForNow();
    }
  }
}
