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

/** What the net server is told of TLS. Loaded only where there is TLS. */
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
   * Says why somebody was not let in. Never the bytes of one who speaks no TLS, which a message of
   * Netty's holds: there may be a token among them.
   */
  static void refused(Throwable failure) {
    if (failure.getCause() instanceof NotSslRecordException
        || failure instanceof NotSslRecordException) {
      LOG.info("A connection is refused: it speaks no TLS");
    } else {
      LOG.log(Level.INFO, "A connection is refused: {0}", failure.getMessage());
    }
  }

  /** Whoever has a certificate of an authority that we trust is let in; nobody else, if we do. */
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
