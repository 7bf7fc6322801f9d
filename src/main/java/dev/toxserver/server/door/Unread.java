package dev.toxserver.server.door;

import io.vertx.core.Future;

/** The bytes that were made for one client alone and that it has not taken yet. */
final class Unread implements Budget.Holder {
  private final Budget budget;
  private final Runnable onGivenUp;
  private long bytes;
  private boolean ended;

  /**
   * Nothing was sent yet.
   *
   * @param budget bounds what all connections together leave unread
   * @param onGivenUp cuts the connection off: others' answers need the room
   */
  Unread(Budget budget, Runnable onGivenUp) {
    this.budget = budget;
    this.onGivenUp = onGivenUp;
  }

  /** Counts bytes that were sent, until the future says that they were taken or never will be. */
  void add(int sent, Future<Void> taken) {
    bytes += sent;
    budget.hold(this, bytes);
    taken.onComplete(done -> taken(sent));
  }

  /** The connection is gone. */
  void end() {
    ended = true;
    budget.hold(this, 0);
  }

  @Override
  public void giveUp() {
    onGivenUp.run();
  }

  /** A client that takes something goes to the end of the order in which they are given up. */
  private void taken(int sent) {
    bytes -= sent;
    budget.hold(this, 0);
    budget.hold(this, ended ? 0 : bytes);
  }
}
