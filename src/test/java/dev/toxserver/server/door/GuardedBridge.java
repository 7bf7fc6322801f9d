package dev.toxserver.server.door;

import dev.toxserver.BridgeSocket;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A bridge on a free port, with nobody behind it but one who notes what passes the guard. */
final class GuardedBridge extends VerticleBase implements AutoCloseable {
  private final Vertx runtime = Vertx.vertx();
  private final Connections connections = new Connections();
  private final BlockingQueue<Message<Object>> passed = new LinkedBlockingQueue<>();
  private final Optional<Token> token;
  private Bridge bridge;

  GuardedBridge() {
    this(Optional.empty());
  }

  GuardedBridge(Optional<Token> token) {
    this.token = token;
    runtime.deployVerticle(this).await();
  }

  @Override
  public Future<?> start() {
    for (String address : Addresses.REQUESTS) {
      vertx.eventBus().<Object>consumer(address, this::answer);
    }
    ServerConfig config = TestConfig.server(token, 1, 1);
    bridge = new Bridge(vertx, config, new Gate(vertx, config, connections));
    return bridge.listen();
  }

  BridgeSocket connect() throws java.io.IOException {
    return new BridgeSocket(bridge.port());
  }

  BlockingQueue<Message<Object>> passed() {
    return passed;
  }

  Connections connections() {
    return connections;
  }

  /** Sends an event as the server does to those who listen to a run. */
  void publish(RunId id, JsonObject event) {
    context.runOnContext(here -> connections.send(id, Frames.event(id, event)));
  }

  @Override
  public void close() {
    runtime.close().await();
  }

  private void answer(Message<Object> message) {
    passed.add(message);
    message.reply(new JsonObject().put("answered", message.address()));
  }
}
