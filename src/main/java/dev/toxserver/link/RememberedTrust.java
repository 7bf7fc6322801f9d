package dev.toxserver.link;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Tls;
import dev.toxserver.config.TlsMaterial;
import dev.toxserver.config.TrustMemory;
import io.netty.handler.ssl.util.SimpleTrustManagerFactory;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server's certificates as Java does, and asks Java only for those that are not
 * remembered.
 */
final class RememberedTrust extends X509ExtendedTrustManager {
  private final Tls tls;
  private final TrustMemory memory;
  private X509ExtendedTrustManager java;

  private RememberedTrust(Tls tls, TrustMemory memory) {
    this.tls = tls;
    this.memory = memory;
  }

  /** As Vert.x wants it. (What it makes of a trust manager by itself needs a logging library.) */
  static TrustManagerFactory of(Tls tls, TrustMemory memory) {
    TrustManager[] trust = {new RememberedTrust(tls, memory)};
    return new SimpleTrustManagerFactory("remembered") {
      @Override
      protected void engineInit(KeyStore keyStore) {}

      @Override
      protected void engineInit(ManagerFactoryParameters parameters) {}

      @Override
      protected TrustManager[] engineGetTrustManagers() {
        return trust;
      }
    };
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    String host = engine.getPeerHost();
    if (host != null && memory.holds(host, chain)) {
      Tls.bringJavaBack();
      return;
    }
    byJava().checkServerTrusted(chain, authType, engine);
    if (host != null) {
      memory.keep(host, chain);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    byJava().checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    byJava().checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    byJava().checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    byJava().checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    byJava().checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    try {
      return byJava().getAcceptedIssuers();
    } catch (CertificateException e) {
      return new X509Certificate[0];
    }
  }

  private synchronized X509ExtendedTrustManager byJava() throws CertificateException {
    Tls.bringJavaBack();
    if (java == null) {
      try {
        TrustManager[] managers = TlsMaterial.read(tls).trust().orElseThrow().getTrustManagers();
        java = (X509ExtendedTrustManager) managers[0];
      } catch (InvalidSettingException e) {
        throw new CertificateException(e);
      }
    }
    return java;
  }
}
