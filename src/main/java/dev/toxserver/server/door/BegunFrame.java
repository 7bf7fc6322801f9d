package dev.toxserver.server.door;

import io.vertx.core.Vertx;
import java.util.OptionalLong;

/** What has come of a frame that is not whole: bytes that count, until it is, or is too late. */
final class BegunFrame implements Budget.Holder {
  private final Vertx vertx;
  private final Budget budget;
  private final long deadlineMillis;
  private final Runnable onGivenUp;
  private OptionalLong timer = OptionalLong.empty();

  /**
   * None yet.
   *
   * @param budget what all connections may hold of such frames
   * @param deadlineMillis how long after its first byte it has to be whole
   * @param onGivenUp lets go of it and cuts the connection off: it is too late, or all together are
   *     too much
   */
  BegunFrame(
      Vertx vertx, Connection connection, Budget budget, long deadlineMillis, Runnable onGivenUp) {
    this.vertx = vertx;
    this.budget = budget;
    this.deadlineMillis = deadlineMillis;
    this.onGivenUp = onGivenUp;
    connection.onClosed(this::end);
  }

  /** So many bytes of it have come; 0 if the last frame is whole and no other has begun. */
  void holds(int bytes) {
    if (bytes == 0) {
      end();
      return;
    }
    if (timer.isEmpty()) {
      timer = OptionalLong.of(vertx.setTimer(deadlineMillis, late -> giveUp()));
    }
    budget.hold(this, bytes);
  }

  /** It is whole, or never will be. */
  void end() {
    if (timer.isPresent()) {
      vertx.cancelTimer(timer.getAsLong());
      timer = OptionalLong.empty();
      budget.hold(this, 0);
    }
  }

  @Override
  public void giveUp() {
    end();
    onGivenUp.run();
  }
}
