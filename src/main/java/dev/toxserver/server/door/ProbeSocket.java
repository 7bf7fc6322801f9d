package dev.toxserver.server.door;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** A socket without a network: takes what it is sent, and hands in what the guard shall see. */
final class ProbeSocket {
  private final Buffer written = Buffer.buffer();
  private Optional<Handler<Buffer>> reader = Optional.empty();
  private Optional<Handler<Void>> closeListener = Optional.empty();

  NetSocket asSocket() {
    return (NetSocket)
        Proxy.newProxyInstance(
            ProbeSocket.class.getClassLoader(), new Class<?>[] {NetSocket.class}, this::call);
  }

  /** As if these bytes had come from the network. */
  void receive(Buffer bytes) {
    reader.ifPresent(handler -> handler.handle(bytes));
  }

  /** As if the peer had gone. */
  void hangUp() {
    closeListener.ifPresent(listener -> listener.handle(null));
  }

  Buffer written() {
    return written;
  }

  @SuppressWarnings("unchecked")
  private Object call(Object proxy, Method method, Object[] args) {
    switch (method.getName()) {
      case "handler" -> reader = Optional.ofNullable((Handler<Buffer>) args[0]);
      case "closeHandler" -> closeListener = Optional.ofNullable((Handler<Void>) args[0]);
      case "write" -> written.appendBuffer((Buffer) args[0]);
      default -> {
        // Nothing else is looked at.
      }
    }
    Class<?> type = method.getReturnType();
    if (type == boolean.class) {
      return false;
    }
    return type == Future.class ? Future.succeededFuture() : type.isInstance(proxy) ? proxy : null;
  }
}
