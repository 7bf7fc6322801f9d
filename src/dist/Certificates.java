import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * What keytool can't: writes the certificates and the key of a key store as PEM files. {@code java
 * Certificates.java STORE PASSWORD FOLDER}; STORE has the entries {@code ca} and {@code server}.
 */
final class Certificates {
  public static void main(String[] args) throws GeneralSecurityException, IOException {
    char[] password = args[1].toCharArray();
    KeyStore store = KeyStore.getInstance(Path.of(args[0]).toFile(), password);
    Path folder = Path.of(args[2]);
    write(folder.resolve("ca.pem"), "CERTIFICATE", store.getCertificate("ca").getEncoded());
    write(folder.resolve("server.pem"), "CERTIFICATE", store.getCertificate("server").getEncoded());
    write(
        folder.resolve("server.key"),
        "PRIVATE KEY",
        store.getKey("server", password).getEncoded());
  }

  private static void write(Path file, String what, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    try {
      Files.writeString(
          file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
