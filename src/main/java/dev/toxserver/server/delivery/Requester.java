package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import java.util.Optional;

/**
 * The client that has a run and its keyboard, be it the one that asked for it or one that has taken
 * it over: connected, away and expected back, or no longer waited for. Belongs to the server's
 * context.
 */
public final class Requester {
  private final RunId id;
  private Optional<Connection> connection;
  private boolean dispensable;
  private boolean away;
  private long hold;

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
  public boolean isNeeded() {
    return !dispensable;
  }

  /** How the client is connected; empty while it is away, and once nobody waits for it. */
  Optional<Connection> connection() {
    return connection;
  }

  /** Whether the client is connected to this server. */
  public boolean isHere() {
    return connection.isPresent();
  }

  /** Whether this is the client's connection. */
  public boolean isAt(Connection other) {
    return connection.filter(other::equals).isPresent();
  }

  /** Whether the client is expected back: until then its run's output waits. */
  public boolean isAway() {
    return away;
  }

  /** How often the run was taken over: who had it in an earlier hold has it no more. */
  public long hold() {
    return hold;
  }

  void leaves(boolean expectedBack) {
    connection = Optional.empty();
    away = expectedBack;
  }

  void isBack(Connection newConnection) {
    connection = Optional.of(newConnection);
    away = false;
  }

  /** The client has come to another server, in that hold. */
  void isElsewhere(long newHold) {
    hold = newHold;
    leaves(false);
  }

  void isTakenOver(Connection takersConnection) {
    hold++;
    isBack(takersConnection);
  }
}
