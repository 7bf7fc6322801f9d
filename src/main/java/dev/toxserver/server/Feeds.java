package dev.toxserver.server;

import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.server.shared.Feed;
import dev.toxserver.server.shared.Hub;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets the events of runs come here that are executed elsewhere: of those that somebody reads here,
 * or whose client is here. Belongs to the server's context.
 */
final class Feeds {
  private static final long LOOK_MILLIS = 2_000;

  private final Hub hub;
  private final Consumer<Run> onEnd;
  private final Map<Run, Fed> fed = new HashMap<>();

  /** A run whose events come here: from which placements, and which of them it is at. */
  private static final class Fed {
    final List<Placement> placements = new ArrayList<>();
    Optional<Feed> now = Optional.empty();
    int next;
    boolean ended;

    /** Of a log that has ended the end is looked for: it may have been told while nobody heard. */
    void hurry() {
      if (ended || next < placements.size()) {
        now.ifPresent(Feed::hasEnded);
      }
    }
  }

  /**
   * None yet.
   *
   * @param onEnd takes each run of which all has come that its placements so far have published, or
   *     of which nobody here wants more
   */
  Feeds(Vertx vertx, Hub hub, Consumer<Run> onEnd) {
    this.hub = hub;
    this.onEnd = onEnd;
    vertx.setPeriodic(LOOK_MILLIS, tick -> closeUnread());
  }

  /** Begins or goes on, if that is wanted: there is a placement, or somebody who reads. */
  void look(Run run, RunFacts facts) {
    Optional<Placement> newest = facts.placement();
    if (newest.isEmpty() || (!fed.containsKey(run) && !isWanted(run, facts))) {
      return;
    }
    Fed each = fed.computeIfAbsent(run, first -> new Fed());
    if (!each.placements.contains(newest.get())) {
      each.placements.add(newest.get());
      goOn(run, each);
    }
    each.ended = facts.state() == RunFacts.State.ENDED;
    each.hurry();
  }

  private boolean isWanted(Run run, RunFacts facts) {
    boolean isOurs = facts.isHeldBy(hub.id());
    boolean isAwaited = isOurs && run.flow().requester().isNeeded();
    return isAwaited || run.flow().isRead();
  }

  private void goOn(Run run, Fed each) {
    if (each.now.isPresent() || each.next == each.placements.size()) {
      return;
    }
    boolean isFirst = each.next == 0;
    Placement placement = each.placements.get(each.next++);
    long known = isFirst ? run.log().journal().nextSeq() : 0;
    long from = Math.max(placement.nextSeq(), known);
    run.flow().comesFrom(from);
    Feed feed =
        hub.feed(run.id(), placement, from, event -> came(run, event), () -> ended(run, each));
    each.now = Optional.of(feed);
    feed.start();
    each.hurry();
  }

  /** How the run has ended is a fact, and comes as such. */
  private static void came(Run run, JsonObject event) {
    if (!RunEventJson.isExit(event)) {
      run.flow().publish(event);
    }
  }

  private void ended(Run run, Fed each) {
    each.now = Optional.empty();
    goOn(run, each);
    if (each.now.isEmpty()) {
      onEnd.accept(run);
    }
  }

  /** Those who read it here have taken everything up to an event. */
  void taken(Run run, long seq) {
    Optional.ofNullable(fed.get(run)).flatMap(each -> each.now).ifPresent(feed -> feed.taken(seq));
  }

  /** Whether events of the run are still to come here. */
  boolean isUnderWay(Run run) {
    return Optional.ofNullable(fed.get(run)).flatMap(each -> each.now).isPresent();
  }

  /** Nothing more of the run is wanted. */
  void close(Run run) {
    Optional.ofNullable(fed.remove(run)).flatMap(each -> each.now).ifPresent(Feed::close);
  }

  private void closeUnread() {
    List.copyOf(fed.keySet()).stream()
        .filter(
            run -> hub.facts().find(run.id()).filter(facts -> !isWanted(run, facts)).isPresent())
        .forEach(
            run -> {
              close(run);
              onEnd.accept(run);
            });
  }
}
