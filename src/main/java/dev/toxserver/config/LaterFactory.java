package dev.toxserver.config;

import java.io.InputStream;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;

/**
 * Reads certificates as Java does, but none while Java's own TLS is out of the way: Netty reads one
 * then only to see whether it could serve, and a client does not.
 */
final class LaterFactory extends CertificateFactorySpi {
  @Override
  public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
    return real().generateCertificate(in);
  }

  @Override
  public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
      throws CertificateException {
    return real().generateCertificates(in);
  }

  @Override
  public CRL engineGenerateCRL(InputStream in) throws CRLException {
    throw new CRLException("there are no lists of revoked certificates here");
  }

  @Override
  public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
    throw new CRLException("there are no lists of revoked certificates here");
  }

  private static CertificateFactory real() throws CertificateException {
    if (JavaTls.isAside()) {
      throw new CertificateException("not yet");
    }
    return CertificateFactory.getInstance("X.509");
  }
}
