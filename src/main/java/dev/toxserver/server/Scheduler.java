package dev.toxserver.server;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.server.door.Connection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Decides which runs there are, which runner carries one out, and what its end is. A server decides
 * by itself, or together with others whose state it shares: then an answer may have to wait.
 * Belongs to the server's context.
 */
interface Scheduler {
  /**
   * Takes a run on that was admitted. Nothing is said of it until {@link #begin}, so that the
   * answer goes out first.
   *
   * @param connection of the client that asks; none if it asks over the event bus itself
   * @return the run, when it exists: in the queue, or with its runner
   */
  Future<Run> accept(Run admitted, Optional<Connection> connection);

  /** Starts an accepted run, or tells it its place in the queue. */
  void begin(Run run);

  /**
   * Asks a run to end.
   *
   * @return completes when it will end, whatever becomes of this server
   */
  Future<Void> cancel(Run run);

  /**
   * A run's client is not expected back here.
   *
   * @return whether nobody else has it, so that it is to end; may take as long as the others are
   *     away
   */
  Future<Boolean> giveUp(Run run);

  /** All who read a run here have taken everything up to an event: the runner may go on. */
  void taken(Run run, long seq);

  /**
   * Decides what an exit is.
   *
   * @return as {@link dev.toxserver.server.delivery.RunOwner#end} returns it
   */
  Optional<RunEvent.Exit> end(Run run, RunEvent.Exit exit);

  /** A run has ended, and its record says so. */
  void ended(Run run, RunEvent.Exit exit);

  /** A client attaches to a run that has not ended; it may be that it has the run from now on. */
  void attached(Run run, boolean hasRun);

  /** Somebody reads a run out of its journal from now on that has not ended. */
  void isRead(Run run);

  /** Tells all who read runs here to go on at another server, if they were given one. */
  default void sendAway() {
    // There is no other.
  }

  /** Whether those who come to read a run here are to go on at another server, if they can. */
  default boolean sendsAway() {
    return false;
  }

  /** The runs that this server has to see to: when it ends, it waits for them. */
  List<Run> own();

  /** Whether there are none, not even one whose end is still to be told. */
  boolean isIdle();

  /** There are other runners, or they have other room. */
  void fill();

  /** From now on no runner is waited for that is neither there nor expected back. */
  void awaitNoRunner();
}
