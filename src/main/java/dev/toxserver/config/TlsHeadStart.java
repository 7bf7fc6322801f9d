package dev.toxserver.config;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What Java does for the first time in a handshake, done beforehand in the background, where the
 * event loop does not wait for it. Nothing is kept of it but what Java then has loaded.
 *
 * <p>Only Java's own classes: those of Netty are initialised by other threads at the same time, and
 * two threads that begin at different ends of a circle of them would wait for each other for ever.
 */
final class TlsHeadStart {
  private TlsHeadStart() {}

  /**
   * Begins with it.
   *
   * @param ca by whose certificates the other side's will be judged
   */
  static void begin(Optional<Path> ca) {
    Thread thread = new Thread(() -> run(ca), "tox-server-tls");
    thread.setDaemon(true);
    thread.start();
  }

  /** Fails in silence: whoever reads the files for use says what is wrong with them. */
  private static void run(Optional<Path> ca) {
    try {
      askForVersions();
      if (ca.isPresent()) {
        validate(Pem.certificates(ca.get()).get(0));
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      return;
    }
  }

  /** As Netty does, whoever speaks TLS then. */
  private static void askForVersions() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[0], null);
    context.getDefaultSSLParameters();
  }

  /** By itself, since no other certificate is there. */
  private static void validate(X509Certificate certificate) throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
            parameters);
    new SNIHostName("localhost");
  }
}
