package dev.toxserver.cli;

import dev.toxserver.Peer;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** A server that answers an agent's calls with what the test says, or not at all. */
final class McpPeer implements AutoCloseable {
  private final Peer peer = new Peer();

  McpPeer() throws IOException {}

  int port() {
    return peer.port();
  }

  /** What is asked over the next connection. */
  JsonObject asked() throws IOException {
    return peer.accept().next();
  }

  void answer(JsonObject asked, JsonObject body) throws IOException {
    peer.send(Frames.answer(asked, body));
  }

  void refuse(JsonObject asked, int code, String why) throws IOException {
    peer.send(
        new JsonObject()
            .put("type", "err")
            .put("address", asked.getString("replyAddress"))
            .put("failureCode", code)
            .put("message", why));
  }

  /** Takes a run on; its id. */
  String accept(JsonObject run) throws IOException {
    answer(run, new JsonObject().put("id", idOf(run)).put("state", "running").put("position", 0));
    return idOf(run);
  }

  /** Has run {@code a} read, which is in this state. */
  void attach(RunState state) throws IOException {
    JsonObject found = new JsonObject().put("id", "a").put("state", state.wireName());
    answer(asked(), found.put("from", 0).put("next", 0));
  }

  void tell(RunEvent event) throws IOException {
    peer.send(Frames.event(new RunId("a"), RunEventJson.encode(event)).getBytes());
  }

  static String idOf(JsonObject run) {
    return run.getJsonObject("body").getString("id");
  }

  /** The connection is lost. */
  void hangUp() throws IOException {
    peer.hangUp();
  }

  /** Nobody listens any more. */
  void goAway() throws IOException {
    peer.goAway();
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
