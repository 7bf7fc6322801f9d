package dev.toxserver.server.journal;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.ShownArguments;
import dev.toxserver.protocol.Usual;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What became of a run, as it is kept. All times are in milliseconds since 1970.
 *
 * @param started none if it waits, or never started
 * @param ended none if it has not ended, or its server died before that was written
 * @param exit its last event, if it has ended
 * @param lost if its server died before it had ended, how many of its events there are
 * @param missing why not all of its events are kept that should be, in one line
 * @param results what came of its environments and tests, if the server collects that
 * @param runner where it runs or ran, if that is not in the server's own process
 */
public record RunRecord(
    RunId id,
    Asked asked,
    long accepted,
    Optional<Long> started,
    Optional<Long> ended,
    Optional<RunEvent.Exit> exit,
    OptionalLong lost,
    Optional<String> missing,
    Optional<RunResults> results,
    Optional<String> runner) {
  /** So many characters of its arguments are shown in a status. */
  private static final int SHOWN_CHARACTERS = 2_000;

  /** What a run costs in memory beside its arguments, roughly: this, and its last event. */
  private static final int OVERHEAD = 1_024;

  /**
   * A run that was accepted now.
   *
   * @param round its place in a loop, if it is of one
   */
  public static RunRecord accepted(Request.Run request, Optional<Round> round) {
    return new RunRecord(
        request.id(),
        Asked.of(request, round),
        System.currentTimeMillis(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same run, accepted no sooner: the order of runs is that of these times. */
  RunRecord acceptedNotBefore(long earliest) {
    return new RunRecord(
        id,
        asked,
        Math.max(accepted, earliest),
        started,
        ended,
        exit,
        lost,
        missing,
        results,
        runner);
  }

  /** The same run, started now. */
  public RunRecord startedOn(Optional<RunnerName> remote) {
    return new RunRecord(
        id,
        asked,
        accepted,
        Optional.of(System.currentTimeMillis()),
        ended,
        exit,
        lost,
        missing,
        results,
        remote.map(RunnerName::value));
  }

  /** The same run, which has lost its runner, and waits for another. */
  public RunRecord waitsAgain() {
    return new RunRecord(
        id,
        asked,
        accepted,
        Optional.empty(),
        ended,
        exit,
        lost,
        missing,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same run, ended now; or when its exit says, so that all who tell its duration tell the same
   * one.
   */
  public RunRecord ended(RunEvent.Exit last) {
    return new RunRecord(
        id,
        asked,
        accepted,
        started,
        endOf(last).or(() -> Optional.of(System.currentTimeMillis())),
        Optional.of(last),
        lost,
        missing,
        results,
        runner);
  }

  /**
   * The same run, as the server finds it that comes after one that was killed.
   *
   * @param last its last event, if that was written
   * @param events how many there are
   */
  RunRecord found(Optional<RunEvent.Exit> last, long events) {
    OptionalLong before = last.isPresent() ? OptionalLong.empty() : OptionalLong.of(events);
    Optional<Long> end = last.flatMap(this::endOf);
    return new RunRecord(id, asked, accepted, started, end, last, before, missing, results, runner);
  }

  private Optional<Long> endOf(RunEvent.Exit last) {
    return started.flatMap(from -> last.durationMillis().map(duration -> from + duration));
  }

  /** The same run, of whose events not all are kept. */
  RunRecord missing(Optional<String> why) {
    return new RunRecord(id, asked, accepted, started, ended, exit, lost, why, results, runner);
  }

  /** The same run, of which more is known. */
  public RunRecord with(RunResults found) {
    return new RunRecord(
        id, asked, accepted, started, ended, exit, lost, missing, Optional.of(found), runner);
  }

  /** What is executed. */
  public Invocation invocation() {
    return asked.invocation();
  }

  /** How many events it has had, as far as is known. */
  long events() {
    return exit.map(last -> last.seq() + 1).orElse(lost.orElse(0));
  }

  /** Roughly the bytes that it takes in memory. */
  long weight() {
    return OVERHEAD + asked.weight() + results.map(RunResults::weight).orElse(0L);
  }

  /** As in its exit event. */
  public OptionalInt returncode() {
    return exit.map(last -> OptionalInt.of(last.returncode())).orElse(OptionalInt.empty());
  }

  /** What has become of it so far. */
  public RunState state() {
    if (lost.isPresent() || exit.filter(RunEvent.Exit::lost).isPresent()) {
      return RunState.LOST;
    }
    if (exit.isEmpty()) {
      return started.isPresent() ? RunState.RUNNING : RunState.QUEUED;
    }
    if (exit.get().cancelled()) {
      return RunState.CANCELLED;
    }
    return exit.get().returncode() == 0 ? RunState.PASSED : RunState.FAILED;
  }

  /**
   * Its line in a status.
   *
   * @param position its place in the queue
   * @param usual how long such a run usually takes
   * @param keysAwaited whether it waits for the keyboard of its terminal
   */
  public RunStatus status(int position, Optional<Usual> usual, boolean keysAwaited) {
    long now = System.currentTimeMillis();
    Optional<Long> end = ended.or(() -> state().isOver() ? Optional.empty() : Optional.of(now));
    return new RunStatus(
        id,
        ShownArguments.of(invocation().args(), SHOWN_CHARACTERS),
        state(),
        position,
        accepted,
        Math.max(0, now - accepted),
        started.flatMap(from -> end.map(until -> Math.max(0, until - from))),
        returncode(),
        asked.detached(),
        invocation().exec(),
        usual,
        asked.tree(),
        asked.round(),
        runner,
        asked.cell(),
        keysAwaited);
  }
}
