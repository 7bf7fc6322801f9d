package dev.toxserver.runner.nats;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.HubReplyJson;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.RunnerPlace;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes what hubs order: as in dial-in, each order is a frame, at a subject that is its address.
 * Belongs to the link's context.
 */
final class OrderSubjects {
  private static final Logger LOG = Logger.getLogger(OrderSubjects.class.getName());

  private static final Future<Buffer> NO_ANSWER = Future.failedFuture("no answer is wanted");

  private final RunnerAddresses addresses;
  private final Placements placements;
  private final Consumer<HubReply> onNews;

  /** Input that the program has not taken yet: who has asked for it last is answered. */
  private final Map<String, Promise<Buffer>> unanswered = new HashMap<>();

  /**
   * Takes none yet.
   *
   * @param onNews is told what a runner that joins now is answered
   */
  OrderSubjects(RunnerAddresses addresses, Placements placements, Consumer<HubReply> onNews) {
    this.addresses = addresses;
    this.placements = placements;
    this.onNews = onNews;
  }

  /** Takes them from now on. */
  void listen(NatsLink link) {
    placements.onAnswer(this::answer);
    link.answer(addresses.any(), "", this::take);
  }

  private Future<Buffer> take(Stored told) {
    try {
      return take(told.subject(), told.body().toJsonObject());
    } catch (MalformedException | DecodeException | ClassCastException e) {
      LOG.log(Level.WARNING, "{0}: {1}", new Object[] {told.subject(), e.getMessage()});
      return NO_ANSWER;
    }
  }

  private Future<Buffer> take(String subject, JsonObject frame) {
    if (subject.equals(addresses.join())) {
      onNews.accept(HubReplyJson.decode(frame));
      return NO_ANSWER;
    }
    Object body = frame.getValue("body");
    if (subject.equals(addresses.start())) {
      RunnerPlace place = RunnerPlace.decode(body);
      return placements.start(place.session(), place.work(), place.granted())
          ? Future.succeededFuture(Buffer.buffer("{}"))
          : NO_ANSWER;
    }
    if (subject.equals(addresses.cancel())) {
      placements.cancel(RunnerOrderJson.decodeCancel(body));
    } else if (subject.equals(addresses.acknowledge())) {
      placements.read(RunnerOrderJson.decodeAcknowledge(body));
    } else if (subject.equals(addresses.input())) {
      RunnerOrder.Input input = RunnerOrderJson.decodeInput(body);
      return placements.isOf(input.request().id(), input.placement()) ? input(frame) : NO_ANSWER;
    } else if (subject.equals(addresses.resize())) {
      RunnerOrder.Resize resize = RunnerOrderJson.decodeResize(body);
      if (placements.isOf(resize.request().id(), resize.placement())) {
        placements.take(frame);
      }
    } else {
      placements.take(frame);
    }
    return NO_ANSWER;
  }

  private Future<Buffer> input(JsonObject frame) {
    Promise<Buffer> answer = Promise.promise();
    unanswered.put(frame.getString("replyAddress", ""), answer);
    placements.take(frame);
    return answer.future();
  }

  private void answer(JsonObject frame) {
    Promise<Buffer> answer = unanswered.remove(frame.getString("address", ""));
    if (answer != null) {
      answer.complete(frame.toBuffer());
    }
  }
}
