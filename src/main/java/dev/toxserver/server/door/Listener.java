package dev.toxserver.server.door;

import io.vertx.core.Future;

/**
 * A port beside the server's own, for clients that speak otherwise. By this name it is spoken of
 * where there need be none: so its class, and what that needs, is loaded only where there is one.
 */
public interface Listener {
  /** Listens; fails with one line for the user. */
  Future<Void> listen();

  /** Where it listens, once it does. */
  int port();

  /** Reads the files for TLS again, if it has TLS, for those who connect from then on. */
  default Future<?> reloadTls() {
    return Future.succeededFuture();
  }

  /** Listens no more. */
  Future<Void> close();
}
