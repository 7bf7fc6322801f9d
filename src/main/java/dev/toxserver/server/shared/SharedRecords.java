package dev.toxserver.server.shared;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.server.journal.Asked;
import dev.toxserver.server.journal.RunRecord;
import java.util.Optional;
import java.util.OptionalLong;

/** What the history tells of a run that is known by its facts. */
public final class SharedRecords {
  private SharedRecords() {}

  /**
   * The record of a run that is known to exist: the same in each hub.
   *
   * @throws java.util.NoSuchElementException if it is not known to
   */
  public static RunRecord of(RunFacts run) {
    Fact.Asked asked = run.asked().orElseThrow();
    Optional<Long> started = run.placed().map(Fact.Placed::millis);
    return new RunRecord(
        run.life().run(),
        asked(asked),
        asked.millis(),
        started,
        run.end().map(end -> endOf(started, end)),
        run.end().map(Fact.Ended::exit),
        OptionalLong.empty(),
        Optional.empty(),
        run.end().flatMap(Fact.Ended::results),
        run.placement().map(placement -> placement.runner().value()));
  }

  private static Asked asked(Fact.Asked asked) {
    Request.Run request = asked.request();
    return new Asked(
        request.invocation(),
        request.detached(),
        asked.env(),
        request.tree(),
        asked.round(),
        request.cell());
  }

  /** When its exit says, so that all who tell its duration tell the same one. */
  private static long endOf(Optional<Long> started, Fact.Ended end) {
    Optional<Long> duration = end.exit().durationMillis();
    return started.flatMap(from -> duration.map(millis -> from + millis)).orElse(end.millis());
  }
}
