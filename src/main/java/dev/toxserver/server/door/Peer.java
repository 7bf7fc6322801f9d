package dev.toxserver.server.door;

import io.vertx.core.net.SocketAddress;

/**
 * The other end of a connection, for logs.
 *
 * @param host its machine, whatever the port
 * @param name host and port
 */
record Peer(String host, String name) {
  /** The clients of a Unix domain socket have no address. */
  private static final Peer LOCAL = new Peer("the socket", "the socket");

  /** The peer at an address; null stands for none. */
  static Peer at(SocketAddress address) {
    return address == null || address.isDomainSocket()
        ? LOCAL
        : new Peer(address.hostAddress(), address.toString());
  }
}
