package dev.toxserver.runner.remote;

import dev.toxserver.Peer;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that does only what the test says, as a runner sees it. */
final class Hub implements AutoCloseable {
  private final Peer peer;
  private final RunnerAddresses addresses;

  Hub(RunnerAddresses addresses) throws IOException {
    this.peer = new Peer();
    this.addresses = addresses;
  }

  Peer peer() {
    return peer;
  }

  /** Awaits a connection by which a runner joins: what it says. */
  RunnerJoin joined() throws IOException {
    peer.accept();
    return RunnerJoin.decode(frame().getJsonObject("body"));
  }

  /** Answers the join. */
  void welcome(Map<RunId, Long> from) throws IOException {
    peer.send(Frames.order("join", RunnerJoin.answer(from), Optional.empty()));
  }

  void refuse(int code, String why) throws IOException {
    peer.send(
        new JsonObject()
            .put("type", "err")
            .put("address", "join")
            .put("failureCode", code)
            .put("message", why));
  }

  void start(String id, String script) throws IOException {
    Request.Run run =
        new Request.Run(
            new RunId(id),
            new Invocation(List.of("-c", script)),
            Optional.empty(),
            false,
            Optional.empty());
    order(addresses.start(), new RunnerOrder.Start(run, 0).placedAs("placement of " + id));
  }

  void acknowledge(String id, long seq) throws IOException {
    order(addresses.acknowledge(), new RunnerOrder.Acknowledge(new RunId(id), seq));
  }

  void order(String address, RunnerOrder order) throws IOException {
    peer.send(Frames.order(address, RunnerOrderJson.encode(order), Optional.empty()));
  }

  /** The next event of a run that has a number. */
  JsonObject event(String id) throws IOException {
    JsonObject frame = frame();
    if (!frame.getString("address").equals("tox.output." + id)) {
      throw new AssertionError(frame.encode());
    }
    return frame.getJsonObject("body");
  }

  /** The next frame that is no ping. */
  JsonObject frame() throws IOException {
    JsonObject frame = peer.next();
    while (Frames.isPing(frame)) {
      peer.send(new JsonObject().put("type", "pong"));
      frame = peer.next();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
