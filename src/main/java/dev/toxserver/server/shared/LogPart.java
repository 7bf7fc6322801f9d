package dev.toxserver.server.shared;

import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.LogPages;
import dev.toxserver.nats.LogSeek;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's events of one placement, by gets from its log. Belongs to its link's context; each future
 * fails while nobody answers there.
 */
final class LogPart {
  /** Readers that go on: where the messages begin that they will ask for next. */
  private static final int MOST_PLACES = 64;

  private final NatsSubjects.Log log;
  private final long start;
  private final LogSeek seek;
  private final LogPages pages;

  /** Which message begins with which event. */
  private final Map<Long, Long> places = new LinkedHashMap<>();

  LogPart(NatsLink link, RunId run, Placement placement) {
    this.log = placement.log(run);
    this.start = placement.nextSeq();
    this.seek = new LogSeek(link, log);
    this.pages = new LogPages(link, log);
    places.put(start, 0L);
  }

  /** The number of the first event that there was. */
  long start() {
    return start;
  }

  boolean isOf(Placement placement, RunId run) {
    return log.equals(placement.log(run));
  }

  /** The first event that is left; nothing if none is. */
  Future<Optional<Long>> first() {
    return seek.first().map(found -> found.map(place -> place.message().first()));
  }

  /** The event that is to come next. */
  Future<Long> next() {
    return seek.last().map(found -> found.map(place -> place.message().next()).orElse(start));
  }

  /**
   * Some events from one on, or from the first that is left on.
   *
   * @return empty if there is none
   */
  Future<List<JsonObject>> read(long from) {
    Long place = places.get(from);
    return (place == null ? seek.find(from) : Future.succeededFuture(place))
        .compose(index -> readAt(index, from))
        .compose(found -> found.isEmpty() ? readLeft(from) : Future.succeededFuture(found));
  }

  /** What should be there is not: a replica is behind, or it was deleted. */
  private Future<List<JsonObject>> readLeft(long from) {
    return seek.find(from).compose(index -> readAt(index, from));
  }

  private Future<List<JsonObject>> readAt(long index, long from) {
    return pages
        .from(index)
        .compose(
            page -> {
              List<JsonObject> events = events(index, page, from);
              // A replica that was behind may have shown too early a place.
              return events.isEmpty() && !page.isEmpty()
                  ? readAt(index + page.size(), from)
                  : Future.succeededFuture(events);
            });
  }

  private List<JsonObject> events(long index, List<Stored> page, long from) {
    List<JsonObject> events = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      Optional<LogMessage> message = LogMessage.of(page.get(i));
      if (message.isPresent()) {
        remember(message.get().next(), index + i + 1);
        events(message.get()).stream()
            .filter(event -> event.getLong("seq") >= from)
            .forEach(events::add);
      }
    }
    return events;
  }

  /** What can't be read is missing; {@link Feed} says so. */
  private List<JsonObject> events(LogMessage message) {
    try {
      return LogEvents.of(log, message);
    } catch (MalformedException e) {
      return List.of();
    }
  }

  private void remember(long seq, long index) {
    places.put(seq, index);
    if (places.size() > MOST_PLACES) {
      places.remove(places.keySet().iterator().next());
    }
  }
}
