package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A client's socket that is full and closes when a test says so. */
public final class FakeSocket {
  private Handler<Void> drained;
  private Handler<Void> closed;
  private final List<Buffer> written = new ArrayList<>();
  private boolean full;

  private final NetSocket socket =
      (NetSocket)
          Proxy.newProxyInstance(
              FakeSocket.class.getClassLoader(),
              new Class<?>[] {NetSocket.class},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "drainHandler" -> {
                      drained = handler(args[0]);
                      yield proxy;
                    }
                    case "closeHandler" -> {
                      closed = handler(args[0]);
                      yield proxy;
                    }
                    case "writeQueueFull" -> full;
                    case "write" -> {
                      written.add((Buffer) args[0]);
                      yield Future.succeededFuture();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  public NetSocket socket() {
    return socket;
  }

  /** A client that comes by this socket. */
  public Connection connectTo(Connections connections) {
    return connections.open(socket);
  }

  /** The bodies of the messages that it was sent. */
  public List<JsonObject> bodies() {
    return written.stream()
        .map(frame -> frame.getBuffer(Frames.LENGTH_BYTES, frame.length()).toJsonObject())
        .map(frame -> frame.getJsonObject("body"))
        .toList();
  }

  public void fill() {
    full = true;
  }

  public void drain() {
    full = false;
    drained.handle(null);
  }

  public void close() {
    closed.handle(null);
  }

  @SuppressWarnings("unchecked")
  private static Handler<Void> handler(Object argument) {
    return (Handler<Void>) argument;
  }
}
