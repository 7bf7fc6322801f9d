package dev.toxserver.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PEM files. By the JDK, and not by Vert.x, whose messages name neither the file nor a cure.
 */
final class Pem {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]+ PRIVATE KEY-----");

  private Pem() {}

  /** The certificates of a file, in its order; at least one. */
  static List<X509Certificate> certificates(Path file) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw wrong(file, "holds no certificate (PEM)");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw wrong(file, "holds no certificate (PEM)");
    }
  }

  /** The chain of one's own: its first certificate is the one that others look at. */
  static List<X509Certificate> ownChain(Path file) {
    List<X509Certificate> chain = certificates(file);
    try {
      chain.get(0).checkValidity();
      return chain;
    } catch (CertificateExpiredException e) {
      throw wrong(file, "has expired on " + chain.get(0).getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      throw wrong(file, "is not valid before " + chain.get(0).getNotBefore().toInstant());
    }
  }

  /** A private key; its algorithm is that of the certificate it belongs to. */
  static PrivateKey privateKey(Path file, String algorithm) {
    String text = new String(read(file), StandardCharsets.ISO_8859_1);
    Matcher matcher = PRIVATE_KEY.matcher(text);
    if (!matcher.find()) {
      throw wrong(
          file,
          OTHER_KEY.matcher(text).find()
              ? "is no plain PKCS#8 key; 'openssl pkcs8 -topk8 -nocrypt -in KEY' makes it one"
              : "holds no private key (PEM)");
    }
    try {
      byte[] key = Base64.getMimeDecoder().decode(matcher.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong(file, "holds no private key for the certificate, which has one of " + algorithm);
    }
  }

  static InvalidSettingException wrong(Path file, String what) {
    return new InvalidSettingException("the TLS file " + file + " " + what);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw wrong(file, "can't be read");
    }
  }
}
