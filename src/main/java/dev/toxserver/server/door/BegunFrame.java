package dev.toxserver.server.door;

import io.vertx.core.Vertx;
import java.util.OptionalLong;

/**
 * What has come of a connection's next frame. Its bytes count until it is whole; if that takes too
 * long, the connection is cut off.
 */
final class BegunFrame implements Budget.Holder {
  private final Vertx vertx;
  private final Budget budget;
  private final long deadlineMillis;
  private final Runnable onGivenUp;
  private OptionalLong timer = OptionalLong.empty();

  /**
   * Nothing has come yet.
   *
   * @param budget bounds what all connections together hold of such frames
   * @param deadlineMillis how long after its first byte a frame has to be whole
   * @param onGivenUp lets go of the bytes and cuts the connection off: the frame is late, or all
   *     together are too much
   */
  BegunFrame(
      Vertx vertx, Connection connection, Budget budget, long deadlineMillis, Runnable onGivenUp) {
    this.vertx = vertx;
    this.budget = budget;
    this.deadlineMillis = deadlineMillis;
    this.onGivenUp = onGivenUp;
    connection.onClosed(this::end);
  }

  /** Notes how many bytes of it have come; 0 if the last frame is whole and no other has begun. */
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
