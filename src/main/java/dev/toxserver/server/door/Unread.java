package dev.toxserver.server.door;

import io.vertx.core.Future;

/** What was made for one client alone, and counts until the client has taken it. */
final class Unread implements Budget.Holder {
  private final Budget budget;
  private final Runnable onGivenUp;
  private long bytes;
  private boolean ended;

  /**
   * None yet.
   *
   * @param budget what all connections may leave unread
   * @param onGivenUp cuts the connection off: others' answers need the room
   */
  Unread(Budget budget, Runnable onGivenUp) {
    this.budget = budget;
    this.onGivenUp = onGivenUp;
  }

  /** So many bytes were sent; the future completes when they are taken, or never will be. */
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

  /** Who takes something is again the last to be given up. */
  private void taken(int sent) {
    bytes -= sent;
    budget.hold(this, 0);
    budget.hold(this, ended ? 0 : bytes);
  }
}
