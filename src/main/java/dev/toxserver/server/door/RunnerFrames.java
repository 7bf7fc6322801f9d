package dev.toxserver.server.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Takes what a runner sends over the connection by which it has joined. All calls are on the
 * server's context.
 */
public interface RunnerFrames {
  /**
   * Takes a frame that is output of a run, without its length.
   *
   * @return false if it is another frame, or not to the letter as the server itself would write it
   * @throws dev.toxserver.protocol.MalformedException for what no honest runner sends: its
   *     connection is closed
   */
  boolean takeOutput(Buffer payload);

  /**
   * Takes any other frame of the types message and err: an event, or the answer to an order.
   *
   * @throws dev.toxserver.protocol.MalformedException for what no honest runner sends
   */
  void take(JsonObject frame);

  /** Lets runners join. */
  interface Door {
    /**
     * A connection that may join as a runner asks for it; the answer is sent here.
     *
     * @param frame whole, with its body and its replyAddress
     * @return what takes all that it sends from now on
     * @throws RefusedException if it can't join; it is told, and may go on
     * @throws dev.toxserver.protocol.MalformedException for what no honest runner sends
     */
    RunnerFrames join(Connection connection, JsonObject frame);
  }
}
