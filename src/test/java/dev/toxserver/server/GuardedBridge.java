package dev.toxserver.server;

import dev.toxserver.BridgeSocket;
import dev.toxserver.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A bridge on a free port, with nobody behind it but one who notes what passes the guard. */
final class GuardedBridge extends VerticleBase implements AutoCloseable {
  private final Vertx runtime = Vertx.vertx();
  private final Connections connections = new Connections();
  private final BlockingQueue<Message<Object>> passed = new LinkedBlockingQueue<>();
  private Bridge bridge;

  GuardedBridge() {
    runtime.deployVerticle(this).await();
  }

  @Override
  public Future<?> start() {
    for (String address : Addresses.REQUESTS) {
      vertx.eventBus().<Object>consumer(address, this::answer);
    }
    bridge = new Bridge(vertx, connections);
    return bridge.listen("127.0.0.1", 0);
  }

  BridgeSocket connect() throws java.io.IOException {
    return new BridgeSocket(bridge.port());
  }

  BlockingQueue<Message<Object>> passed() {
    return passed;
  }

  void publish(String address, JsonObject body) {
    runtime.eventBus().publish(address, body);
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
