package dev.toxserver.link;

import dev.toxserver.config.HostPort;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Tls;
import dev.toxserver.config.TlsMaterial;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * TLS on the connecting side: its options, and what to do about its failures. A class of its own,
 * so that it is loaded only where there is TLS.
 */
final class ClientTls {
  private static final long HANDSHAKE_SECONDS = 5;

  private ClientTls() {}

  /**
   * Has a client speak TLS, and check the server's certificate against the host that it dials.
   *
   * @throws InvalidSettingException if a file can't be read or holds no PEM
   */
  static void configure(NetClientOptions options, Tls tls) {
    options
        .setSsl(true)
        .setSslEngineOptions(Tls.engine())
        .setEnabledSecureTransportProtocols(Tls.VERSIONS)
        .setHostnameVerificationAlgorithm("HTTPS")
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    if (tls.memory().isPresent()) {
      options.setTrustOptions(TrustOptions.wrap(RememberedTrust.of(tls, tls.memory().get())));
      return;
    }
    TlsMaterial material = TlsMaterial.read(tls);
    material.identity().ifPresent(own -> options.setKeyCertOptions(KeyCertOptions.wrap(own)));
    material.trust().ifPresent(trust -> options.setTrustOptions(TrustOptions.wrap(trust)));
  }

  /**
   * What the user can do about a failure, in one line; empty if the next attempt may succeed. Some
   * causes can be told apart only by the JDK's messages.
   *
   * @param server the one that was dialled
   */
  static Optional<String> cure(Throwable failure, Tls tls, HostPort server) {
    Optional<InvalidSettingException> ownFile = find(failure, InvalidSettingException.class);
    if (ownFile.isPresent()) {
      return Optional.of(ownFile.get().getMessage());
    }
    String at = server.toString();
    if (find(failure, NotSslRecordException.class).isPresent()) {
      return Optional.of(
          at + " does not speak TLS: leave out --tls-ca and the like, or give them to serve too");
    }
    if (find(failure, SSLException.class).isEmpty()) {
      return Optional.empty();
    }
    if (find(failure, CertificateExpiredException.class).isPresent()) {
      return Optional.of("the certificate of " + at + " has expired: it needs a new one");
    }
    if (find(failure, CertPathBuilderException.class).isPresent()
        || find(failure, CertPathValidatorException.class).isPresent()) {
      return Optional.of(
          "the certificate of %s is from no authority that is trusted here: name the right one with --tls-ca"
              .formatted(at));
    }
    if (find(failure, CertificateException.class).isPresent()) {
      return Optional.of(
          "the certificate of %s is not for the host %s: connect by a name that is in it (-h, --host), or have this one put into it"
              .formatted(at, server.host()));
    }
    return alert(failure, tls, at);
  }

  private static Optional<String> alert(Throwable failure, Tls tls, String at) {
    return alertIn(String.valueOf(find(failure, SSLException.class).orElseThrow().getMessage()))
        .map(name -> cureOf(name, tls, at));
  }

  /**
   * The name of the alert that the server sent, as in RFC 8446, section 6: Java's message ends with
   * "fatal alert: unknown_ca", BoringSSL's with "TLSV1_ALERT_UNKNOWN_CA" or the like.
   */
  private static Optional<String> alertIn(String message) {
    for (String before : List.of("fatal alert: ", "_ALERT_")) {
      int start = message.indexOf(before);
      if (start >= 0) {
        return Optional.of(message.substring(start + before.length()).toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  private static String cureOf(String alert, Tls tls, String at) {
    return switch (alert) {
      case "certificate_required", "bad_certificate", "certificate_unknown", "unknown_ca" ->
          tls.cert().isPresent()
              ? at
                  + " does not accept this client's certificate: --tls-cert must be from an authority that the server trusts"
              : at + " wants a certificate from this client: give --tls-cert and --tls-key";
      case "protocol_version" -> at + " speaks only old versions of TLS";
      default -> at + " refuses this client's TLS: " + alert;
    };
  }

  private static <T> Optional<T> find(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
