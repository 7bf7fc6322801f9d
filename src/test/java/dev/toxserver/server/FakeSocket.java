package dev.toxserver.server;

import io.vertx.core.Handler;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;

/** A client's socket that is full and closes when a test says so. */
final class FakeSocket {
  private Handler<Void> drained;
  private Handler<Void> closed;
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
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  NetSocket socket() {
    return socket;
  }

  void fill() {
    full = true;
  }

  void drain() {
    full = false;
    drained.handle(null);
  }

  void close() {
    closed.handle(null);
  }

  @SuppressWarnings("unchecked")
  private static Handler<Void> handler(Object argument) {
    return (Handler<Void>) argument;
  }
}
