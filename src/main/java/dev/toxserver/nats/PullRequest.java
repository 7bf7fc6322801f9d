package dev.toxserver.nats;

import io.nats.client.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * Asks a durable consumer for the next messages of a work queue, and waits for them as long as it
 * was told. Belongs to its link's context.
 */
public final class PullRequest {
  /** The server tells that the time is over; if the connection is lost meanwhile, nobody does. */
  private static final long LATE_MILLIS = 1_000;

  private final NatsLink link;
  private final Consumer<Pulled> onMessage;
  private final Runnable onEnd;
  private final Runnable stopListening;
  private final long timer;
  private int missing;
  private boolean ended;

  private PullRequest(
      NatsLink link,
      String inbox,
      int batch,
      long expiresMillis,
      Consumer<Pulled> onMessage,
      Runnable onEnd) {
    this.link = link;
    this.missing = batch;
    this.onMessage = onMessage;
    this.onEnd = onEnd;
    this.stopListening = link.wire().subscribe(inbox, "", this::take);
    this.timer = link.vertx().setTimer(expiresMillis + LATE_MILLIS, late -> end());
  }

  /**
   * Asks.
   *
   * @param batch how many messages at most
   * @param expiresMillis how long to wait for them
   * @param onEnd is called once when no more come: all are there, the time is over, or there is no
   *     such consumer, no connection or no leader; whoever asks again at once should pause a little
   */
  public static PullRequest begin(
      NatsLink link,
      String stream,
      String consumer,
      int batch,
      long expiresMillis,
      Consumer<Pulled> onMessage,
      Runnable onEnd) {
    String inbox = link.wire().inbox();
    PullRequest pull = new PullRequest(link, inbox, batch, expiresMillis, onMessage, onEnd);
    Buffer wish =
        new JsonObject().put("batch", batch).put("expires", expiresMillis * 1_000_000).toBuffer();
    String subject = "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer;
    if (!link.wire().publish(subject, inbox, null, wish)) {
      link.vertx().runOnContext(later -> pull.end());
    }
    return pull;
  }

  /** Waits no longer. A message that is on its way comes to somebody else later. */
  public void cancel() {
    ended = true;
    stopListening.run();
    link.vertx().cancelTimer(timer);
  }

  private void take(Message told) {
    if (ended) {
      return;
    }
    if (told.getStatus() != null) {
      end();
      return;
    }
    onMessage.accept(new Pulled(Stored.of(told), told.getReplyTo()));
    if (--missing == 0) {
      end();
    }
  }

  private void end() {
    if (!ended) {
      cancel();
      onEnd.run();
    }
  }
}
