package dev.toxserver.server.shared;

import dev.toxserver.nats.Peers;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Lets runners take part, and tells them what they may have missed. */
final class Joins {
  /** Who was heard within this lives, for all that is known. */
  private static final long LIVING_MILLIS = 10_000;

  private final String version;
  private final long keptBytes;
  private final Facts facts;
  private final Kinds kinds;
  private final Function<String, Optional<Peers.Peer>> peers;
  private final Namesakes namesakes;

  /**
   * Lets in who has this hub's version.
   *
   * @param keptBytes so much of each run's log is enough
   * @param peers by their keys
   */
  Joins(
      String version,
      long keptBytes,
      Facts facts,
      Kinds kinds,
      Function<String, Optional<Peers.Peer>> peers,
      Namesakes namesakes) {
    this.version = version;
    this.keptBytes = keptBytes;
    this.facts = facts;
    this.kinds = kinds;
    this.peers = peers;
    this.namesakes = namesakes;
  }

  /** Answers a runner that joins, or asks again whether something has changed. */
  Future<HubReply> join(RunnerJoin join) {
    return objection(join)
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                kinds
                    .servedBy(join.labels())
                    .map(
                        work ->
                            new HubReply.Joined(
                                those(join, Joins::isOver),
                                those(join, Joins::isCancelled),
                                work,
                                OptionalLong.of(keptBytes))));
  }

  private Optional<HubReply> objection(RunnerJoin join) {
    if (!join.version().equals(version)) {
      return refusal(
          ErrorCode.FORBIDDEN,
          "version: the servers are %s, this runner %s: all must be the same"
              .formatted(version, join.version()));
    }
    if (join.name().equals(RunnerName.LOCAL)) {
      return refusal(ErrorCode.FORBIDDEN, "name: local is no runner's; give --name");
    }
    return namesakes.hasYounger(join) || isYounger(join)
        ? refusal(
            ErrorCode.CONFLICT,
            "name: another runner %s was started; give one of them another --name"
                .formatted(join.name()))
        : Optional.empty();
  }

  /** Whether who said last that it has the name, and lives, was started later. */
  private boolean isYounger(RunnerJoin join) {
    return peers
        .apply(NatsSubjects.lease(join.name()))
        .filter(peer -> !peer.hasLeft() && peer.silentMillis() < LIVING_MILLIS)
        .map(peer -> RunnerJoin.decode(peer.value().toJsonObject()))
        .filter(other -> other.session().compareTo(join.session()) > 0)
        .isPresent();
  }

  private static Optional<HubReply> refusal(ErrorCode code, String message) {
    return Optional.of(new HubReply.Refused(code.number(), message));
  }

  /** Only what is known counts: a mirror may be behind. */
  private List<RunId> those(RunnerJoin join, BiPredicate<RunFacts, String> which) {
    return join.runs().entrySet().stream()
        .filter(
            held ->
                facts
                    .find(held.getKey())
                    .filter(run -> which.test(run, held.getValue().placement()))
                    .isPresent())
        .map(held -> held.getKey())
        .toList();
  }

  /** Nobody waits for a placement that NATS has lost, either. */
  private static boolean isOver(RunFacts run, String placement) {
    return run.state() == RunFacts.State.ENDED && isPlacedAs(run, placement)
        || run.wasPlacedAs(placement);
  }

  private static boolean isCancelled(RunFacts run, String placement) {
    return run.cancel().isPresent() && isPlacedAs(run, placement);
  }

  private static boolean isPlacedAs(RunFacts run, String placement) {
    return run.placement().filter(known -> known.name().equals(placement)).isPresent();
  }
}
