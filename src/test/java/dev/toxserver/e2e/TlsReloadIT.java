package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.RawHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGHUP: the server reads its PEM files again, and nobody is cut off. */
class TlsReloadIT {
  private static final String HOSTS = "DNS:localhost,IP:127.0.0.1";

  @TempDir Path folder;
  private Certificates certificates;

  @BeforeEach
  void aCertificateAndItsSuccessor() throws Exception {
    certificates = new Certificates(folder);
    certificates.server("first", HOSTS);
    certificates.server("second", HOSTS);
    replace("server.pem", "first.pem");
    replace("server.key", "first.key");
  }

  @Test
  void aRunGoesOnAndNewClientsSeeTheNewCertificate() throws Exception {
    Path go = folder.resolve("go");
    String tox =
        Script.in(
            folder,
            "echo up; while [ ! -e %s ]; do sleep 0.02; done; seq 50000; exit 5".formatted(go));
    try (Server server = start("--tox", tox);
        JarProcess run = server.client("--tls-ca", ca(), "run")) {
      run.out().awaitText("up");
      assertThat(TlsHandshake.with(server.port(), ca())).contains("subject=CN=first");
      replace("server.pem", "second.pem");
      replace("server.key", "second.key");
      server.signal("HUP");
      server.err().awaitText("The TLS files were read again, for new connections\n");
      assertThat(TlsHandshake.with(server.port(), ca())).contains("subject=CN=second");
      assertIsWell(server);
      Files.createFile(go);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.out().text()).isEqualTo("up\n" + numbersTo(50_000));
    }
  }

  @Test
  void thePageShowsTheNewOneToo() throws Exception {
    try (Server server = start("--http", "0")) {
      PageAddress page = PageAddress.of(server);
      assertThat(page.url()).startsWith("https://127.0.0.1:");
      assertThat(TlsHandshake.with(page.port(), ca()))
          .contains("subject=CN=first", "Verify return code: 0");
      replace("server.pem", "second.pem");
      replace("server.key", "second.key");
      server.signal("HUP");
      server.err().awaitText("The TLS files were read again, for new connections\n");
      assertThat(TlsHandshake.with(page.port(), ca())).contains("subject=CN=second");
      try (RawHttp plain = new RawHttp(page.port())) {
        plain.send(RawHttp.request("GET", "/"));
        assertThat(plain.rest()).doesNotContain("HTTP");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "server.pem, ca.key, server.pem holds no certificate (PEM)",
    "server.key, ca.pem, server.key holds no private key (PEM)",
    "server.key, second.key, server.key is not the key of the certificate in",
  })
  void aBrokenFileLeavesWhatWasServedBefore(String file, String content, String complaint)
      throws Exception {
    try (Server server = start()) {
      replace(file, content);
      server.signal("HUP");
      server.err().awaitText("The TLS files are served as they were before: the TLS file ");
      server.err().awaitText(complaint);
      assertThat(server.err().text()).doesNotContain("read again", "\tat ");
      assertThat(TlsHandshake.with(server.port(), ca())).contains("subject=CN=first");
      assertIsWell(server);
    }
  }

  @Test
  void theAuthorityOfTheClientsIsReadAgainToo() throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    Certificates other = new Certificates(others);
    other.client("client");
    replace("clients.pem", "ca.pem");
    try (Server server = start("--tls-ca", certificates.file("clients.pem"))) {
      replace("clients.pem", "others/ca.pem");
      server.signal("HUP");
      server.err().awaitText("The TLS files were read again");
      List<String> args = new ArrayList<>(List.of("--tls-ca", ca()));
      args.addAll(other.options("client"));
      args.add("ping");
      try (JarProcess ping = server.client(args.toArray(String[]::new))) {
        assertThat(ping.exitCode()).as(ping.err().text()).isZero();
      }
    }
  }

  private Server start(String... more) throws Exception {
    List<String> args = new ArrayList<>(certificates.options("server"));
    args.addAll(List.of(more));
    return Server.start(folder, args.toArray(String[]::new));
  }

  private void assertIsWell(Server server) throws Exception {
    try (JarProcess ping = server.client("--tls-ca", ca(), "ping")) {
      assertThat(ping.exitCode()).isZero();
    }
  }

  private void replace(String file, String with) throws Exception {
    Files.copy(folder.resolve(with), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private String ca() {
    return certificates.file("ca.pem");
  }

  private static String numbersTo(int last) {
    return IntStream.rangeClosed(1, last)
        .mapToObj(number -> number + "\n")
        .collect(Collectors.joining());
  }
}
