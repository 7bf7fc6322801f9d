package dev.toxserver.server.door;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Tls;
import dev.toxserver.config.TlsMaterial;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The net server's options for TLS. Loaded only where there is TLS. */
final class ServerTls {
  private static final Logger LOG = Logger.getLogger(ServerTls.class.getName());

  private ServerTls() {}

  /** The files as they are now, in the shape that a running server takes. */
  static ServerSSLOptions options(Tls tls, ServerConfig.Limits limits) {
    NetServerOptions options = new NetServerOptions();
    configure(options, tls, limits);
    return options.getSslOptions();
  }

  /**
   * Logs why somebody was not let in. The bytes of a peer that speaks no TLS, which are in Netty's
   * message, are not logged: there may be a token among them.
   */
  static void refused(Throwable failure) {
    if (failure.getCause() instanceof NotSslRecordException
        || failure instanceof NotSslRecordException) {
      LOG.info("A connection is refused: it speaks no TLS");
    } else {
      LOG.log(Level.INFO, "A connection is refused: {0}", failure.getMessage());
    }
  }

  /**
   * If the server was given authorities to trust, it lets in only clients with a certificate of
   * theirs.
   */
  static void configure(NetServerOptions options, Tls tls, ServerConfig.Limits limits) {
    TlsMaterial material = TlsMaterial.read(tls);
    options
        .setSsl(true)
        .setSslEngineOptions(Tls.engine())
        .setKeyCertOptions(KeyCertOptions.wrap(material.identity().orElseThrow()))
        .setEnabledSecureTransportProtocols(Tls.VERSIONS)
        // A peer that is slow with its handshake is one that has shown nothing yet.
        .setSslHandshakeTimeout(limits.deadlineMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    material
        .trust()
        .ifPresent(
            trust ->
                options
                    .setTrustOptions(TrustOptions.wrap(trust))
                    .setClientAuth(ClientAuth.REQUIRED));
  }
}
