package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs that belong together, by the name that they share: the rounds of a loop, the runs of a
 * matrix. A name is forgotten with the last of its runs. Belongs to the server's context.
 *
 * @param <R> a run, or what stands for it
 * @param <S> those of one name, in some order
 */
public final class Groups<R, S extends Set<R>> {
  private final Supplier<S> none;
  private final Map<RunId, S> groups = new HashMap<>();

  /**
   * None yet.
   *
   * @param none makes an empty group
   */
  public Groups(Supplier<S> none) {
    this.none = none;
  }

  /** Puts a run among those of a name, which are returned. */
  public S add(RunId name, R run) {
    S group = groups.computeIfAbsent(name, first -> none.get());
    group.add(run);
    return group;
  }

  /** Takes a run out, if it is there. */
  public void remove(RunId name, R run) {
    groups.computeIfPresent(
        name, (same, group) -> group.remove(run) && group.isEmpty() ? null : group);
  }

  /** Those of a name, if there are any. */
  public Optional<S> find(RunId name) {
    return Optional.ofNullable(groups.get(name));
  }
}
