package dev.toxserver.runner.placed;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * What the server orders: it goes to the runner's own event bus, as far as it is for this runner.
 * Belongs to the verticle's context.
 */
public final class Orders {
  /** A client whose run does not take input yet would send the same again at once. */
  private static final long WAITING_MILLIS = 1_000;

  private final Vertx vertx;
  private final RunnerAddresses addresses;
  private final PlacedRuns runs;
  private final PlacedRuns.Hub hub;

  /** Where the answers go to input that the runner has, and has not answered. */
  private final Set<String> unanswered = new HashSet<>();

  /** Takes none yet. */
  public Orders(Vertx vertx, RunnerAddresses addresses, PlacedRuns runs, PlacedRuns.Hub hub) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.runs = runs;
    this.hub = hub;
  }

  /**
   * Carries out an order.
   *
   * @throws MalformedException if it is none for this runner
   */
  public void take(JsonObject frame) {
    String address = frame.getString("address", "");
    if (!(frame.getValue("body") instanceof JsonObject body)
        || !addresses.all().contains(address)) {
      throw new MalformedException("address", "is none of this runner's");
    }
    if (address.equals(addresses.start())) {
      runs.start(RunnerOrderJson.decodeStart(body), body);
    } else if (address.equals(addresses.cancel())) {
      runs.cancel(RunnerOrderJson.decodeCancel(body).id());
    } else if (address.equals(addresses.input())) {
      input(frame, body);
    } else if (address.equals(addresses.resize())) {
      runs.resize(RunnerOrderJson.decodeResize(body));
    } else {
      if (address.equals(addresses.acknowledge())) {
        runs.acknowledge(RunnerOrderJson.decodeAcknowledge(body));
      }
      vertx.eventBus().send(address, body);
    }
  }

  /** After a loss the server asks again for what it has no answer to: that is under way. */
  private void input(JsonObject frame, JsonObject body) {
    String reply = frame.getString("replyAddress", "");
    if (!unanswered.add(reply)) {
      return;
    }
    taken(body)
        .map(taken -> Frames.answer(frame, taken))
        .otherwise(failure -> refusal(frame, failure))
        .onSuccess(answer -> answer(reply, answer));
  }

  private Future<JsonObject> taken(JsonObject body) {
    if (runs.isLater(RunnerOrderJson.decodeInput(body).request().id())) {
      return vertx.timer(WAITING_MILLIS).map(late -> ReplyJson.encode(new Reply.InputTaken(0)));
    }
    return vertx.eventBus().<JsonObject>request(addresses.input(), body).map(Message::body);
  }

  /** While the server is away, nobody is told: it asks again. */
  private void answer(String reply, JsonObject answer) {
    unanswered.remove(reply);
    if (hub.isJoined()) {
      hub.answer(answer);
    }
  }

  private static JsonObject refusal(JsonObject frame, Throwable failure) {
    int code =
        failure instanceof ReplyException refused
            ? refused.failureCode()
            : ErrorCode.INTERNAL.number();
    return Frames.error(frame, code, failure.getMessage());
  }
}
