package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of the server's status.
 *
 * @param args as in {@link Invocation}; if they are long, the first of them
 * @param position its place in the queue, 1 for the next to start; 0 if it does not wait
 * @param acceptedMillis when the server took it, since 1970
 * @param ageMillis since then
 * @param durationMillis from its start to its end, or until now; none if it has not started, or was
 *     lost
 * @param detached whether it goes on without the client that asked for it
 * @param exec whether another program than tox is executed, beside the queue
 * @param usual how long such a run usually takes, if that is known
 * @param tree the git tree that it tests, if its client has told it
 * @param round its place in a loop, if it is of one
 * @param runner where it runs or ran, if that is not in the server's own process
 * @param cell its place in a matrix, if it is of one
 * @param keysAwaited whether it has fallen silent, and waits for the keyboard of its terminal
 */
public record RunStatus(
    RunId id,
    List<String> args,
    RunState state,
    int position,
    long acceptedMillis,
    long ageMillis,
    Optional<Long> durationMillis,
    OptionalInt returncode,
    boolean detached,
    boolean exec,
    Optional<Usual> usual,
    Optional<GitTree> tree,
    Optional<Round> round,
    Optional<String> runner,
    Optional<Cell> cell,
    boolean keysAwaited) {
  /** One of which no more is known. */
  public RunStatus(
      RunId id,
      List<String> args,
      RunState state,
      int position,
      long acceptedMillis,
      long ageMillis,
      Optional<Long> durationMillis,
      OptionalInt returncode,
      boolean detached,
      boolean exec) {
    this(
        id,
        args,
        state,
        position,
        acceptedMillis,
        ageMillis,
        durationMillis,
        returncode,
        detached,
        exec,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Takes a copy of the arguments. */
  public RunStatus {
    args = List.copyOf(args);
  }
}
