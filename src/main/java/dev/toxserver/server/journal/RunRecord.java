package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
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

  /** The same run, ended now. */
  public RunRecord endedNow(int code, boolean wasCancelled) {
    return new RunRecord(
        id,
        args,
        detached,
        accepted,
        started,
        Optional.of(System.currentTimeMillis()),
        OptionalInt.of(code),
        wasCancelled,
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
        : Optional.of(new RunEvent.Exit(seq, returncode.getAsInt(), cancelled, Optional.empty()));
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
        shownArgs(),
        state(),
        position,
        accepted,
        Math.max(0, now - accepted),
        started.flatMap(from -> end.map(until -> Math.max(0, until - from))),
        returncode,
        detached);
  }

  private List<String> shownArgs() {
    int characters = 0;
    for (int shown = 0; shown < args.size(); shown++) {
      characters += args.get(shown).length() + 1;
      if (characters > SHOWN_CHARACTERS) {
        return List.copyOf(
            java.util.stream.Stream.concat(
                    args.subList(0, shown).stream(), java.util.stream.Stream.of("…"))
                .toList());
      }
    }
    return args;
  }
}
