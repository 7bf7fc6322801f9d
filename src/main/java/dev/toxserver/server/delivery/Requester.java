package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import java.util.Optional;

/**
 * The client that asked for a run: connected, away and expected back, or no longer waited for.
 * Belongs to the server's context.
 */
public final class Requester {
  private final RunId id;
  private Optional<Connection> connection;
  private boolean dispensable;
  private boolean away;

  /**
   * The client of a run that was just accepted.
   *
   * @param id the run's
   * @param connection none if the request came over the event bus and not through the bridge
   * @param detached whether the run goes on without its client
   */
  public Requester(RunId id, Optional<Connection> connection, boolean detached) {
    this.id = id;
    this.connection = connection;
    this.dispensable = detached;
  }

  /** The run that was asked for. */
  public RunId id() {
    return id;
  }

  /** The run was asked to end: should the client leave now, nobody waits for it. */
  public void dispensable() {
    dispensable = true;
  }

  /** Whether the client would be waited for if it left. */
  boolean isNeeded() {
    return !dispensable;
  }

  /** How the client is connected; empty while it is away, and once nobody waits for it. */
  Optional<Connection> connection() {
    return connection;
  }

  /** Whether this is the client's connection. */
  public boolean isAt(Connection other) {
    return connection.filter(other::equals).isPresent();
  }

  /** Whether the client is expected back: until then its run's output waits. */
  boolean isAway() {
    return away;
  }

  void leaves(boolean expectedBack) {
    connection = Optional.empty();
    away = expectedBack;
  }

  void isBack(Connection newConnection) {
    connection = Optional.of(newConnection);
    away = false;
  }
}
