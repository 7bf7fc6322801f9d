package dev.toxserver.nats;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Tls;
import dev.toxserver.config.TlsMaterial;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
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
