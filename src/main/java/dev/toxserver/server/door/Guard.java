package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Stands between the network and the stock bridge, which can't be told to look at a frame before it
 * interprets it: its parser swallows any length, and a frame of a wrong type leaves a connection
 * deaf for ever (seen with 5.0.8).
 *
 * <p>The bridge is given a {@link Vertx} whose net servers hand it sockets whose bytes pass a
 * {@link FrameGuard} first. All are proxies of public interfaces and find what to wrap by its type,
 * so that a new overload can't go round them.
 */
final class Guard {
  private final Gate gate;
  private NetServer server;
  private Handler<NetSocket> guarded = socket -> {};

  /** What a proxy does in place of the real object; it returns what the real one would. */
  private interface Call {
    Object on(Method method, Object[] args) throws Throwable;
  }

  Guard(Gate gate) {
    this.gate = gate;
  }

  /** The port that the guarded net server listens on. */
  int port() {
    return server.actualPort();
  }

  /**
   * Sends through a connection what only the guard answers in this way, before the network can send
   * anything: an upgrade of the bridge may have found another way to its sockets.
   *
   * @throws IllegalStateException if it does
   */
  void verify() {
    ProbeSocket probe = new ProbeSocket();
    guarded.handle(probe.asSocket());
    probe.receive(Frames.encode(gate.withToken(new JsonObject().put("type", "publish"))));
    probe.hangUp();
    if (!probe.written().toString().contains(FrameRules.NO_PUBLISHING)) {
      throw new IllegalStateException(
          "the guard does not stand before the bridge: this build is not safe to run");
    }
  }

  /** Who is told of connections that fail before they are there, as in a TLS handshake. */
  void onRefused(Handler<Throwable> listener) {
    server.exceptionHandler(listener);
  }

  /** The certificates that the guarded net server shows and trusts from now on. */
  Future<?> update(ServerSSLOptions options) {
    // By force: the options refer to what was in the files, and can't be compared.
    return server.updateSSLOptions(options, true);
  }

  Vertx before(Vertx vertx) {
    return proxy(
        Vertx.class,
        vertx,
        (method, args) -> {
          Object result = call(vertx, method, args);
          return result instanceof NetServer made ? before(made) : result;
        });
  }

  private NetServer before(NetServer made) {
    server = made;
    return proxy(
        NetServer.class,
        made,
        (method, args) ->
            call(made, method, isSetter(method, "connectHandler") ? guardAll(args) : args));
  }

  private NetSocket before(Connection connection, NetSocket socket) {
    return proxy(
        NetSocket.class,
        socket,
        (method, args) -> {
          if (isWrite(method)) {
            return connection.answer((Buffer) args[0]);
          }
          return call(
              socket, method, isSetter(method, "handler") ? guardBytes(connection, args) : args);
        });
  }

  private Object[] guardAll(Object[] args) {
    @SuppressWarnings("unchecked")
    Handler<NetSocket> bridge = (Handler<NetSocket>) args[0];
    guarded =
        socket ->
            gate.open(new TcpWire(socket))
                .ifPresent(connection -> bridge.handle(before(connection, socket)));
    return new Object[] {guarded};
  }

  private Object[] guardBytes(Connection connection, Object[] args) {
    @SuppressWarnings("unchecked")
    Handler<Buffer> bridge = (Handler<Buffer>) args[0];
    return new Object[] {
      new FrameGuard(connection, gate, frame -> bridge.handle(Frames.encode(frame)))
    };
  }

  private static boolean isSetter(Method method, String name) {
    return method.getName().equals(name)
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0] == Handler.class;
  }

  private static boolean isWrite(Method method) {
    return method.getName().equals("write")
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0].isAssignableFrom(Buffer.class);
  }

  /** A fluent method of the real object returns that object: the proxy returns itself instead. */
  private static <T> T proxy(Class<T> type, T real, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            Guard.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              Object result = call.on(method, args);
              return result == real ? proxy : result;
            }));
  }

  private static Object call(Object real, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
