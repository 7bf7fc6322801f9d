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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PEM files. Not by Vert.x, whose messages name neither the file nor a cure, and its blocks
 * one by one: the JDK stumbles over a key or text before a certificate, as openssl pkcs12 writes
 * it.
 */
final class Pem {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]+ PRIVATE KEY-----");

  private Pem() {}

  /** The certificates of a file, in its order; at least one. */
  static List<X509Certificate> certificates(Path file) {
    Matcher matcher = CERTIFICATE.matcher(read(file));
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (matcher.find()) {
        byte[] block = matcher.group().getBytes(StandardCharsets.ISO_8859_1);
        found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
      }
    } catch (GeneralSecurityException e) {
      throw wrong(file, "holds a broken certificate");
    }
    if (found.isEmpty()) {
      throw wrong(file, "holds no certificate (PEM)");
    }
    return found;
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
    String text = read(file);
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

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw wrong(file, "can't be read");
    }
  }
}
