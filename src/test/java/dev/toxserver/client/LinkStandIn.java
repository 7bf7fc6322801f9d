package dev.toxserver.client;

import dev.toxserver.link.Link;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A link without a server: it notes what the client wants of it, a line each. */
final class LinkStandIn implements Link {
  private final List<String> calls = new ArrayList<>();

  /** Which of several servers was reached last; set by the test. */
  Optional<String> reached = Optional.empty();

  /** What was called since the last look. */
  List<String> calls() {
    List<String> since = List.copyOf(calls);
    calls.clear();
    return since;
  }

  @Override
  public void start(Listener listener) {
    calls.add("start");
  }

  @Override
  public void connect() {
    calls.add("connect");
  }

  @Override
  public void reconnect() {
    calls.add("reconnect");
  }

  @Override
  public void moveOn() {
    calls.add("move on");
  }

  @Override
  public Optional<String> oneOfSeveral() {
    return reached;
  }

  @Override
  public void send(JsonObject frame) {
    String address = frame.getString("address");
    String body = frame.containsKey("body") ? " " + frame.getJsonObject("body").encode() : "";
    String reply =
        frame.containsKey("replyAddress") ? ", reply to " + frame.getString("replyAddress") : "";
    calls.add(frame.getString("type") + " " + address + body + reply);
  }

  @Override
  public void send(Buffer frame) {
    throw new UnsupportedOperationException("a client encodes nothing itself");
  }

  @Override
  public void pause() {
    calls.add("pause");
  }

  @Override
  public void resume() {
    calls.add("resume");
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
