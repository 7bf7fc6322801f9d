package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.ShownArguments;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a run, as it is kept. All times are in milliseconds since 1970.
 *
 * @param started none if it waits, or never started
 * @param ended none if it has not ended, or its server died before
 * @param returncode as in the exit event
 * @param lost whether its server died before it had ended
 */
public record RunRecord(
    RunId id,
    List<String> args,
    boolean detached,
    long accepted,
    Optional<Long> started,
    Optional<Long> ended,
    OptionalInt returncode,
    boolean cancelled,
    boolean lost) {
  /** So many characters of its arguments are shown in a status. */
  private static final int SHOWN_CHARACTERS = 2_000;

  /** Takes a copy of the arguments. */
  public RunRecord {
    args = List.copyOf(args);
  }

  /** A run that was accepted now. */
  public static RunRecord accepted(RunId id, List<String> args, boolean detached) {
    return new RunRecord(
        id,
        args,
        detached,
        System.currentTimeMillis(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false);
  }

  /** The same run, accepted no sooner: the order of runs is that of these times. */
  RunRecord acceptedNotBefore(long earliest) {
    return new RunRecord(
        id,
        args,
        detached,
        Math.max(accepted, earliest),
        started,
        ended,
        returncode,
        cancelled,
        lost);
  }

  /** The same run, started now. */
  public RunRecord startedNow() {
    return new RunRecord(
        id,
        args,
        detached,
        accepted,
        Optional.of(System.currentTimeMillis()),
        ended,
        returncode,
        cancelled,
        lost);
  }

  /**
   * The same run, ended now; or when its exit says, so that all who tell its duration tell the same
   * one.
   */
  public RunRecord ended(RunEvent.Exit exit) {
    Optional<Long> end =
        started.flatMap(from -> exit.durationMillis().map(duration -> from + duration));
    return new RunRecord(
        id,
        args,
        detached,
        accepted,
        started,
        end.or(() -> Optional.of(System.currentTimeMillis())),
        OptionalInt.of(exit.returncode()),
        exit.cancelled(),
        lost);
  }

  /** The same run, as the next server finds it: whatever had not ended is lost. */
  RunRecord found() {
    return new RunRecord(
        id, args, detached, accepted, started, ended, returncode, cancelled, returncode.isEmpty());
  }

  /** The run's last event, if it has ended. */
  Optional<RunEvent.Exit> exit(long seq) {
    return returncode.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RunEvent.Exit(
                seq,
                returncode.getAsInt(),
                cancelled,
                started.flatMap(from -> ended.map(end -> end - from)),
                Optional.empty()));
  }

  /** What has become of it so far. */
  public RunState state() {
    if (lost) {
      return RunState.LOST;
    }
    if (returncode.isEmpty()) {
      return started.isPresent() ? RunState.RUNNING : RunState.QUEUED;
    }
    if (cancelled) {
      return RunState.CANCELLED;
    }
    return returncode.getAsInt() == 0 ? RunState.PASSED : RunState.FAILED;
  }

  /**
   * Its line in a status.
   *
   * @param position its place in the queue
   */
  public RunStatus status(int position) {
    long now = System.currentTimeMillis();
    Optional<Long> end = ended.or(() -> lost ? Optional.empty() : Optional.of(now));
    return new RunStatus(
        id,
        ShownArguments.of(args, SHOWN_CHARACTERS),
        state(),
        position,
        accepted,
        Math.max(0, now - accepted),
        started.flatMap(from -> end.map(until -> Math.max(0, until - from))),
        returncode,
        detached);
  }
}
