package dev.toxserver.server.door;

import dev.toxserver.protocol.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The runs whose events one connection gets, each in one of two ways: it has registered the run's
 * address, or a follower reads the run to it. Belongs to the server's context.
 */
public final class Subscriptions {
  private final Connections all;
  private final Set<RunId> registered = new HashSet<>();
  private final Map<RunId, Runnable> followed = new HashMap<>();

  Subscriptions(Connections all) {
    this.all = all;
  }

  /** How many runs that are. */
  public int size() {
    return registered.size() + followed.size();
  }

  /** Whether there may be one more. */
  public boolean mayGrow() {
    return all.letsRead(size());
  }

  /** Whether the connection gets the run's events, in either way. */
  public boolean contains(RunId id) {
    return registered.contains(id) || followed.containsKey(id);
  }

  /** Whether the connection has registered the run's address. */
  boolean isRegistered(RunId id) {
    return registered.contains(id);
  }

  /** Notes that the run's address was registered; false if the connection reads the run already. */
  public boolean register(RunId id) {
    return counted(1, !followed.containsKey(id) && registered.add(id));
  }

  /** Notes that a follower reads the run to the connection; {@code end} makes it stop. */
  public void follow(RunId id, Runnable end) {
    counted(1, followed.put(id, end) == null);
  }

  /** The follower has stopped. */
  public void unfollow(RunId id) {
    counted(-1, followed.remove(id) != null);
  }

  /** Ends the registration or stops the follower; false if there is neither. */
  boolean end(RunId id) {
    if (counted(-1, registered.remove(id))) {
      return true;
    }
    Runnable end = followed.get(id);
    if (end != null) {
      end.run();
    }
    return end != null;
  }

  /** The connection has closed. Followers stop by themselves. */
  void close() {
    all.count(-registered.size());
    registered.clear();
  }

  private boolean counted(int change, boolean happened) {
    if (happened) {
      all.count(change);
    }
    return happened;
  }
}
