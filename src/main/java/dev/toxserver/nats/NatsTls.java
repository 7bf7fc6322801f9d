package dev.toxserver.nats;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Tls;
import dev.toxserver.config.TlsMaterial;
import java.io.EOFException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS to NATS servers, each of which has to be the host that was dialled. */
final class NatsTls {
  private NatsTls() {}

  /**
   * Reads the files as they are now.
   *
   * @throws InvalidSettingException if one is missing or of no use; it says which and why
   */
  static SSLContext context(Tls tls) {
    TlsMaterial material = TlsMaterial.read(tls);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] own = material.identity().map(KeyManagerFactory::getKeyManagers).orElse(null);
      TrustManagerFactory trust = material.trust().orElseGet(NatsTls::trustedByJava);
      X509ExtendedTrustManager authorities = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
      context.init(own, new TrustManager[] {new OfTheHost(authorities)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new InvalidSettingException("TLS with NATS can't be used: " + e.getMessage());
    }
  }

  private static TrustManagerFactory trustedByJava() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      return trust;
    } catch (GeneralSecurityException e) {
      throw new InvalidSettingException("Java's own certificates can't be read: " + e.getMessage());
    }
  }

  /**
   * Whether TLS has failed for a reason that lasts. The library's own two failures have no type:
   * one side wants TLS, and the other does not. Who only hangs up may not have been ready yet.
   */
  static boolean isAtFault(Throwable failure) {
    boolean isOfTls =
        causes(failure)
            .anyMatch(
                each ->
                    each instanceof SSLException
                        || String.valueOf(each.getMessage()).startsWith("SSL "));
    return isOfTls && causes(failure).noneMatch(EOFException.class::isInstance);
  }

  /** The first cause of a failure, in the JDK's words. */
  static String message(Throwable failure) {
    return causes(failure).reduce(failure, (one, other) -> other).getMessage();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause);
  }

  /**
   * Has the JDK compare the certificate with the host, which the library never asks it to: without
   * that, whoever has any certificate of the authority, as each runner has, could pose as NATS.
   */
  private static final class OfTheHost extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;

    OfTheHost(X509ExtendedTrustManager authorities) {
      this.authorities = authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      if (!(socket instanceof SSLSocket tls)) {
        throw new CertificateException("no TLS");
      }
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      authorities.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw unknownHost();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw unknownHost();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw unknownHost();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw unknownHost();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw unknownHost();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.getAcceptedIssuers();
    }

    private static CertificateException unknownHost() {
      return new CertificateException("nobody says which host was dialled");
    }
  }
}
