package dev.toxserver.server.trace;

import dev.toxserver.config.LogLevel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gets spans to the collector: some at a time, one request after the other. While it takes none,
 * the newest are kept; of that, one line tells, until it takes some again. Belongs to the server's
 * context.
 */
final class Exporter {
  /** How long the end of the server waits for the last spans. */
  static final long CLOSE_MILLIS = 2_000;

  static final int MOST_WAITING = 512;
  private static final int MOST_AT_ONCE = 64;

  /** So long others are waited for that go with the first. */
  private static final long GATHER_MILLIS = 200;

  private static final int MOST_TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final Logger LOG = Logger.getLogger(Exporter.class.getName());

  private final Vertx vertx;
  private final Collector collector;
  private final Function<List<JsonObject>, JsonObject> document;
  private final Deque<JsonObject> waiting = new ArrayDeque<>();
  private final Promise<Void> emptied = Promise.promise();
  private List<JsonObject> sending = List.of();
  private boolean busy;
  private boolean closing;
  private boolean warned;
  private int tries;
  private long pause = -1;

  /**
   * One with nothing to send.
   *
   * @param document makes of spans what is sent
   */
  Exporter(Vertx vertx, Collector collector, Function<List<JsonObject>, JsonObject> document) {
    this.vertx = vertx;
    this.collector = collector;
    this.document = document;
  }

  /** Sends it within {@link #GATHER_MILLIS}, if the collector takes any. */
  void add(JsonObject span) {
    if (waiting.size() == MOST_WAITING) {
      waiting.remove();
      warn("too many wait for it");
    }
    waiting.add(span);
    if (!busy) {
      busy = true;
      after(GATHER_MILLIS);
    }
  }

  /** Sends what is left, once; completes when that is done, or after {@link #CLOSE_MILLIS}. */
  Future<Void> close() {
    closing = true;
    if (!busy) {
      return Future.succeededFuture();
    }
    if (pause >= 0 && vertx.cancelTimer(pause)) {
      send();
    }
    return Future.any(emptied.future(), vertx.timer(CLOSE_MILLIS))
        .onSuccess(
            done -> {
              if (!emptied.future().isComplete()) {
                LOG.log(Level.WARNING, "The last spans are lost: {0} is slow", collector.address());
              }
            })
        .mapEmpty();
  }

  private void after(long millis) {
    pause = vertx.setTimer(millis, elapsed -> send());
  }

  private void send() {
    pause = -1;
    if (sending.isEmpty()) {
      tries = 0;
      sending = new ArrayList<>();
      while (!waiting.isEmpty() && sending.size() < MOST_AT_ONCE) {
        sending.add(waiting.remove());
      }
    }
    collector.post(document.apply(sending)).onSuccess(this::sent);
  }

  private void sent(Delivery delivery) {
    tries++;
    switch (delivery.outcome()) {
      case TAKEN -> recovered();
      case REFUSED -> warn(delivery.why());
      case LATER -> {
        warn(delivery.why());
        if (closing) {
          waiting.clear();
        } else if (tries < MOST_TRIES) {
          after(delivery.retryMillis().orElseGet(this::backoff));
          return;
        }
      }
    }
    sending = List.of();
    if (!waiting.isEmpty()) {
      send();
    } else {
      busy = false;
      if (closing) {
        emptied.tryComplete();
      }
    }
  }

  /** Twice as long each time, and never the same of many servers. */
  private long backoff() {
    long most = FIRST_PAUSE_MILLIS << (tries - 1);
    return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
  }

  private void warn(String why) {
    if (!warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "Spans of runs do not get to {0}: {1}; this is said once, until it takes some again",
          new Object[] {collector.address(), why});
    }
  }

  private void recovered() {
    if (warned) {
      warned = false;
      LOG.log(LogLevel.NOTICE, "{0} takes spans of runs again", collector.address());
    }
  }
}
