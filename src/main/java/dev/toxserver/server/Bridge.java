package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;

/**
 * The stock TCP event-bus bridge, with the contract's addresses permitted and the guard before it.
 */
final class Bridge {
  private final ServerConfig.Listen listen;
  private final Guard guard;
  private final TcpEventBusBridge bridge;

  Bridge(Vertx vertx, ServerConfig config, Connections connections) {
    listen = config.listen();
    guard = new Guard(new Gate(vertx, config, connections));
    BridgeOptions options =
        new BridgeOptions()
            .addOutboundPermitted(new PermittedOptions().setAddressRegex(Addresses.OUTPUT_REGEX));
    for (String address : Addresses.REQUESTS) {
      options.addInboundPermitted(new PermittedOptions().setAddress(address));
    }
    bridge =
        TcpEventBusBridge.create(
            guard.before(vertx), options, new NetServerOptions().setTcpKeepAlive(true));
    guard.verify();
  }

  Future<?> listen() {
    return bridge.listen(listen.port(), listen.bindHost());
  }

  /** Where it listens, which it chose itself if it was asked for port 0. */
  int port() {
    return guard.port();
  }

  Future<Void> close() {
    return bridge.close();
  }
}
