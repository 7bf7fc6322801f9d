package dev.toxserver.cli;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A program whose heap is used up in one of the places where a server may use it up, and which
 * lives on all the same, since nobody there looks at the error; unless {@link MemoryWatch} ends it.
 */
final class Exhaustion {
  private static final int CHUNK = 4 * 1024;
  private static final Queue<Object> KEPT = new ConcurrentLinkedQueue<>();

  private static NetServer server;
  private static NetClient client;

  private Exhaustion() {}

  public static void main(String[] args) throws InterruptedException {
    MemoryWatch.start();
    Vertx vertx = Vertx.vertx();
    switch (args[0]) {
      case "event loop" -> again(vertx.getOrCreateContext());
      case "worker" -> vertx.executeBlocking(() -> keepOn(() -> KEPT.add(new byte[CHUNK])));
      case "thread" -> new Thread(() -> keepOn(() -> KEPT.add(new byte[CHUNK]))).start();
      case "one large array after another" ->
          new Thread(() -> keepOn(() -> KEPT.add(new byte[1024 * 1024]))).start();
      case "JSON" ->
          new Thread(() -> keepOn(() -> KEPT.add(new JsonArray("[[1, \"two\"]]")))).start();
      case "socket" -> connect(vertx);
      default -> throw new IllegalArgumentException(args[0]);
    }
    Thread.currentThread().join();
  }

  private static void again(Context context) {
    context.runOnContext(
        v -> {
          again(context);
          KEPT.add(new byte[CHUNK]);
        });
  }

  private static Void keepOn(Runnable allocation) {
    while (true) {
      try {
        allocation.run();
      } catch (OutOfMemoryError e) {
        Thread.onSpinWait();
      }
    }
  }

  private static void connect(Vertx vertx) {
    server = vertx.createNetServer().connectHandler(socket -> socket.handler(KEPT::add));
    client = vertx.createNetClient();
    server
        .listen(0, "127.0.0.1")
        .compose(listening -> client.connect(listening.actualPort(), "127.0.0.1"))
        .onSuccess(
            socket ->
                vertx.setPeriodic(1, tick -> socket.write(Buffer.buffer(new byte[CHUNK * 16]))));
  }
}
