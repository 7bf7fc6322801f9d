package dev.toxserver.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the files of {@link Tls} hold, ready for use.
 *
 * @param identity our own certificate and key
 * @param trust whom we trust; without it, whom the JDK trusts
 */
public record TlsMaterial(
    Optional<KeyManagerFactory> identity, Optional<TrustManagerFactory> trust) {
  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files as they are now.
   *
   * @throws InvalidSettingException if one is missing or of no use; it says which and why
   */
  public static TlsMaterial read(Tls tls) {
    try {
      return new TlsMaterial(
          tls.cert().isPresent()
              ? Optional.of(identity(tls.cert().get(), tls.key().orElseThrow()))
              : Optional.empty(),
          tls.ca().isPresent() ? Optional.of(trust(tls.ca().get())) : Optional.empty());
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidSettingException("the TLS files can't be used: " + e.getMessage());
    }
  }

  private static KeyManagerFactory identity(Path certFile, Path keyFile)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = Pem.ownChain(certFile);
    PublicKey publicKey = chain.get(0).getPublicKey();
    PrivateKey key = Pem.privateKey(keyFile, publicKey.getAlgorithm());
    if (!belongTogether(key, publicKey)) {
      throw Pem.wrong(keyFile, "is not the key of the certificate in " + certFile);
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private static TrustManagerFactory trust(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    int number = 0;
    for (X509Certificate each : Pem.certificates(file)) {
      store.setCertificateEntry("ca" + number++, each);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * Nothing else in Java looks at that before the first handshake, and a key that does not fit is
   * what a rotation leaves that has replaced one file of two.
   */
  private static boolean belongTogether(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    Optional<String> algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> Optional.of("SHA256withRSA");
          case "EC" -> Optional.of("SHA256withECDSA");
          case "EdDSA" -> Optional.of("EdDSA");
          default -> Optional.empty();
        };
    if (algorithm.isEmpty()) {
      return true;
    }
    byte[] message = {1};
    Signature signature = Signature.getInstance(algorithm.get());
    signature.initSign(key);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(message);
    try {
      return signature.verify(signed);
    } catch (java.security.SignatureException e) {
      // What the JDK throws for RSA keys of different lengths.
      return false;
    }
  }
}
