package dev.toxserver.server.journal;

import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Which of the runs that are over are too many: those that have ended first. Those of tox and those
 * of exec have each their own number, and of the rounds of a loop that have passed only the last
 * few count: one that passes a thousand times shall not push all others out. What one more costs
 * hardly grows with how many are kept.
 */
final class Surplus {
  /** How many rounds of a loop that have passed are kept. */
  static final int MOST_ROUNDS = 5;

  private static final Comparator<Ended> ORDER =
      Comparator.comparingLong(Ended::place)
          .thenComparingLong(Ended::accepted)
          .thenComparing(ended -> ended.log().id().value());

  private final ToLongFunction<RunRecord> placeOfEnd;
  private final int limit;
  private final long mostWeight;
  private final Map<RunLog, Ended> known = new HashMap<>();
  private final NavigableSet<Ended> ofTox = new TreeSet<>(ORDER);
  private final NavigableSet<Ended> ofExec = new TreeSet<>(ORDER);

  /** Those that have passed, by their loop. */
  private final Groups<Ended, NavigableSet<Ended>> rounds =
      new Groups<>(() -> new TreeSet<>(ORDER));

  private final List<RunLog> tooMany = new ArrayList<>();
  private long weight;

  /** As it was when it was added: a record may change. */
  private record Ended(
      RunLog log, long place, long accepted, long weight, boolean exec, Optional<RunId> loop) {}

  /**
   * None yet.
   *
   * @param placeOfEnd as in {@link Store#placeOfEnd}; where ends are the same, acceptance decides
   * @param limit how many of tox are kept, and as many of exec
   * @param mostWeight how much memory all that are kept may take
   */
  Surplus(ToLongFunction<RunRecord> placeOfEnd, int limit, long mostWeight) {
    this.placeOfEnd = placeOfEnd;
    this.limit = limit;
    this.mostWeight = mostWeight;
  }

  /** A run is over, or more is known of one that was. */
  void add(RunLog log) {
    remove(log);
    Ended ended = ended(log);
    known.put(log, ended);
    sameKind(ended).add(ended);
    weight += ended.weight();
    ended.loop().ifPresent(loop -> dropOldest(rounds.add(loop, ended)));
  }

  private void dropOldest(NavigableSet<Ended> roundsOfOne) {
    if (roundsOfOne.size() > MOST_ROUNDS) {
      drop(roundsOfOne.first());
    }
  }

  /** A run is known no more; also if it was not over. */
  void remove(RunLog log) {
    Ended ended = known.remove(log);
    if (ended != null) {
      sameKind(ended).remove(ended);
      weight -= ended.weight();
      ended.loop().ifPresent(loop -> rounds.remove(loop, ended));
    }
  }

  /** Those that have to go, of all that are known; they are known no more. */
  List<RunLog> take() {
    for (NavigableSet<Ended> kind : List.of(ofTox, ofExec)) {
      while (kind.size() > limit) {
        drop(kind.first());
      }
    }
    while (weight > mostWeight) {
      drop(Stream.of(ofTox, ofExec).flatMap(Surplus::first).min(ORDER).orElseThrow());
    }
    List<RunLog> taken = List.copyOf(tooMany);
    tooMany.clear();
    return taken;
  }

  private void drop(Ended ended) {
    remove(ended.log());
    tooMany.add(ended.log());
  }

  private NavigableSet<Ended> sameKind(Ended ended) {
    return ended.exec() ? ofExec : ofTox;
  }

  private Ended ended(RunLog log) {
    RunRecord run = log.record();
    return new Ended(
        log,
        placeOfEnd.applyAsLong(run),
        run.accepted(),
        run.weight(),
        run.invocation().exec(),
        run.asked().round().map(Round::loop).filter(loop -> run.state() == RunState.PASSED));
  }

  private static Stream<Ended> first(NavigableSet<Ended> all) {
    return all.isEmpty() ? Stream.empty() : Stream.of(all.first());
  }
}
