package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Retry;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run's events in the logs of its placements, which all hubs share: so nothing is kept here but
 * how far they go. Whoever wrote them, each has the same number and the same bytes at every hub.
 * Belongs to its link's context.
 */
public final class SharedJournal implements Journal {
  private static final long AGAIN_MILLIS = 200;

  private static final long LOOK_MILLIS = 50;
  private static final int MOST_LOOKS = 10;

  private final NatsLink link;
  private final RunId run;
  private final List<LogPart> parts = new ArrayList<>();
  private Optional<RunEvent.Exit> exit = Optional.empty();
  private long firstSeq;
  private long nextSeq;
  private boolean forgotten;

  /** Of a run that was not placed yet. */
  public SharedJournal(NatsLink link, RunId run) {
    this.link = link;
    this.run = run;
  }

  /** The run is placed, for the first time or once more. One that is known changes nothing. */
  public void placed(Placement placement) {
    if (parts.stream().noneMatch(part -> part.isOf(placement, run))) {
      parts.add(new LogPart(link, run, placement));
      nextSeq = Math.max(nextSeq, placement.nextSeq());
    }
  }

  /** The run has ended so, whether it had begun or not. */
  public void ended(RunEvent.Exit end) {
    exit = Optional.of(end);
    nextSeq = end.seq() + 1;
  }

  @Override
  public long firstSeq() {
    return firstSeq;
  }

  @Override
  public long nextSeq() {
    return nextSeq;
  }

  @Override
  public boolean isEnded() {
    return exit.isPresent();
  }

  /** What is published was kept before. */
  @Override
  public boolean isBehind() {
    return false;
  }

  @Override
  public void onWritten(Runnable callback) {
    callback.run();
  }

  @Override
  public Optional<String> whyMissingBefore(long seq) {
    return Optional.empty();
  }

  /** Takes what the log has already. */
  @Override
  public void append(JsonObject body) {
    if (RunEventJson.isExit(body)) {
      ended(RunEventJson.decodeExit(body));
    } else {
      nextSeq = Math.max(nextSeq, RunEventJson.seqOf(body).orElseThrow() + 1);
    }
  }

  /** Goes on for as long as the servers are away, unless the run is forgotten. */
  @Override
  public Future<Void> ready() {
    return untilAnswered(() -> first(0).compose(first -> last()))
        .recover(
            gone ->
                Future.failedFuture(
                    new RefusedException(ErrorCode.NOT_FOUND, "id: the run is kept no more")));
  }

  private Future<Void> first(int part) {
    if (part == parts.size()) {
      firstSeq = part == 0 ? 0 : nextSeq - (isEnded() ? 1 : 0);
      return Future.succeededFuture();
    }
    return parts
        .get(part)
        .first()
        .compose(
            found -> {
              if (found.isEmpty() && mayHaveEvents(part)) {
                return first(part + 1);
              }
              firstSeq = found.orElse(parts.get(part).start());
              return Future.succeededFuture();
            });
  }

  /** Whether there was something that must have been deleted if it is not there. */
  private boolean mayHaveEvents(int part) {
    long end = part + 1 < parts.size() ? parts.get(part + 1).start() : nextSeq;
    return end > parts.get(part).start();
  }

  private Future<Void> last() {
    if (parts.isEmpty() || isEnded()) {
      return Future.succeededFuture();
    }
    return parts
        .get(parts.size() - 1)
        .next()
        .map(
            next -> {
              nextSeq = isEnded() ? nextSeq : Math.max(nextSeq, next);
              return null;
            });
  }

  @Override
  public Future<List<JsonObject>> read(long from) {
    return look(from, MOST_LOOKS);
  }

  /** An absence means nothing until replicas that are behind have had the time to catch up. */
  private Future<List<JsonObject>> look(long from, int looks) {
    return untilAnswered(() -> read(partOf(from), from))
        .otherwise(List.of())
        .compose(
            found -> {
              if (!found.isEmpty() || parts.isEmpty() || forgotten || looks == 0) {
                return Future.succeededFuture(found.isEmpty() ? exitFrom(from) : found);
              }
              return link.vertx().timer(LOOK_MILLIS).compose(later -> look(from, looks - 1));
            });
  }

  private Future<List<JsonObject>> read(int part, long from) {
    if (part == parts.size()) {
      return Future.succeededFuture(List.of());
    }
    return parts
        .get(part)
        .read(from)
        .compose(found -> found.isEmpty() ? read(part + 1, from) : Future.succeededFuture(found));
  }

  private int partOf(long seq) {
    int part = 0;
    while (part + 1 < parts.size() && parts.get(part + 1).start() <= seq) {
      part++;
    }
    return part;
  }

  /** The exit is known though its log be gone, or there never was one. */
  private List<JsonObject> exitFrom(long seq) {
    return exit.filter(end -> end.seq() >= seq).map(RunEventJson::encode).stream().toList();
  }

  private <T> Future<T> untilAnswered(Supplier<Future<T>> question) {
    return Retry.until(link.vertx(), AGAIN_MILLIS, question, failure -> forgotten);
  }

  @Override
  public void forget() {
    forgotten = true;
  }
}
