package dev.toxserver.config;

import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A provider of TLS that can only say which versions Java speaks: all that Netty asks for, which
 * would not speak the newest without an answer. Of certificates it knows {@link LaterFactory}.
 */
final class NamedVersions extends Provider {
  static final String NAME = "tox-server";

  private static final long serialVersionUID = 1;

  NamedVersions() {
    super(NAME, "1", "names the versions of TLS");
    putService(
        new Service(this, "SSLContext", "TLS", Names.class.getName(), null, null) {
          @Override
          public Object newInstance(Object parameter) {
            return new Names();
          }
        });
    putService(
        new Service(this, "CertificateFactory", "X.509", LaterFactory.class.getName(), null, null) {
          @Override
          public Object newInstance(Object parameter) {
            return new LaterFactory();
          }
        });
  }

  private static final class Names extends SSLContextSpi {
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return new SSLParameters(new String[0], Tls.VERSIONS.toArray(String[]::new));
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return engineGetDefaultSSLParameters();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException();
    }
  }
}
