package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PEM files that are of no use: one line that names the file, before anything is started. */
class TlsFilesIT {
  @TempDir static Path keys;
  private static Certificates certificates;

  @BeforeAll
  static void filesOfAllKinds() throws Exception {
    certificates = new Certificates(keys);
    certificates.client("client");
    certificates.client("another");
    Files.writeString(keys.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nMHc=\n");
    Files.writeString(keys.resolve("empty.pem"), "");
    Files.writeString(
        keys.resolve("broken.pem"),
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
  }

  @ParameterizedTest
  @CsvSource({
    "client.pem, none.key, none.key can't be read",
    "none.pem, client.key, none.pem can't be read",
    "empty.pem, client.key, empty.pem holds no certificate (PEM)",
    "broken.pem, client.key, broken.pem holds a broken certificate",
    "client.key, client.key, client.key holds no certificate (PEM)",
    "client.pem, client.pem, client.pem holds no private key (PEM)",
    "client.pem, old.key, 'old.key is no plain PKCS#8 key;"
        + " ''openssl pkcs8 -topk8 -nocrypt -in KEY'' makes it one'",
    "client.pem, another.key, another.key is not the key of the certificate in KEYS/client.pem",
  })
  void aFileOfNoUseIsNamed(String cert, String key, String complaint) throws Exception {
    for (String command : new String[] {"ping", "serve"}) {
      try (JarProcess process = start(cert, key, command)) {
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.err().text())
            .isEqualTo(
                "tox-server: the TLS file %s/%s\n"
                    .formatted(keys, complaint.replace("KEYS", keys.toString())));
      }
    }
  }

  @Test
  void aCertificateThatHasExpiredIsNamed() throws Exception {
    certificates.expired("expired");
    try (JarProcess process = start("expired.pem", "expired.pem", "ping")) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.err().text()).contains("expired.pem has expired on 2");
    }
  }

  /** It would cost those who have none of it a part of their start-up time. */
  @Test
  void withoutAFileNothingOfTlsIsLoaded(@TempDir Path folder) throws Exception {
    Path ofServer = folder.resolve("server.log");
    Path ofClient = folder.resolve("client.log");
    try (Server server = Server.start(folder, loadedClassesTo(ofServer));
        JarProcess client =
            new JarProcess(
                folder, loadedClassesTo(ofClient), "-p", String.valueOf(server.port()), "ping")) {
      assertThat(client.exitCode()).isZero();
    }
    for (Path log : new Path[] {ofServer, ofClient}) {
      assertThat(Files.readString(log))
          .contains(" dev.toxserver.config.Tls ")
          .doesNotContain(
              " dev.toxserver.config.TlsMaterial ",
              " dev.toxserver.link.ClientTls ",
              " dev.toxserver.server.ServerTls ",
              " javax.net.ssl.SSLContext ",
              " sun.security.ssl.");
    }
  }

  /** Without the distribution's archive, from which Java loads classes that nobody asked for. */
  private static Map<String, String> loadedClassesTo(Path log) {
    String option = "-Xlog:class+load:file=" + log;
    return Map.of("JAVA_TOOL_OPTIONS", option, "TOX_SERVER_JAVA_OPTS", "-Xshare:auto " + option);
  }

  private static JarProcess start(String cert, String key, String command) throws Exception {
    String port = String.valueOf(AbsentServer.port());
    String certFile = certificates.file(cert);
    String keyFile = certificates.file(key);
    return new JarProcess(
        keys, Map.of(), "-p", port, "--tls-cert", certFile, "--tls-key", keyFile, command);
  }
}
