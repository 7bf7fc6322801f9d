package dev.toxserver.server.door;

import io.vertx.core.net.NetServerOptions;

/** Has the kernel notice, within 25 s, that a silent peer's machine is out of reach. */
final class KeepAlive {
  private KeepAlive() {}

  static <T extends NetServerOptions> T set(T options) {
    options.setTcpKeepAlive(true);
    options.setTcpKeepAliveIdleSeconds(10);
    options.setTcpKeepAliveIntervalSeconds(5);
    options.setTcpKeepAliveCount(3);
    return options;
  }
}
