package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with PEM files: whom it lets in, and what it tells the others. */
class TlsIT {
  @TempDir static Path keys;
  private static Certificates certificates;
  @TempDir Path folder;

  @BeforeAll
  static void certificatesOfTwoAuthorities() throws Exception {
    certificates = new Certificates(keys);
    certificates.server("server", "DNS:localhost,IP:127.0.0.1");
    certificates.server("elsewhere", "DNS:elsewhere.example");
    certificates.client("client");
    Path strangers = keys.resolve("strangers");
    Files.createDirectory(strangers);
    new Certificates(strangers).client("client");
  }

  @Test
  void aRunGoesOverTls() throws Exception {
    try (Server server = tlsServer("server", "--tox", Script.in(folder, "echo \"$@\"; exit 7"));
        JarProcess client =
            server.client("-l", "debug", "--tls-ca", pem("ca"), "run", "-e", "py")) {
      assertThat(client.exitCode()).isEqualTo(7);
      assertThat(client.err().text())
          .contains("Connected to 127.0.0.1:" + server.port() + ", TLSv1.");
      assertThat(client.out().text()).isEqualTo("-e py\n");
      assertThat(server.err().text()).contains("Running server at tls://127.0.0.1:");
    }
  }

  /** Java's own TLS is ten times slower in a client, which has no slow compiler. */
  @Test
  void theDistributionSpeaksTlsByItsNativeLibraryAndTheJarByJava() throws Exception {
    boolean isDistribution = System.getProperty("tox-server.command") != null;
    try (Server server = tlsServer("server")) {
      boolean isNative =
          Files.readString(Path.of("/proc/" + server.pid() + "/maps"))
              .contains("/lib/runtime/lib/libnetty_tcnative_linux_");
      assertThat(isNative).isEqualTo(isDistribution);
    }
  }

  @Test
  void withAnAuthorityOfClientsOnlyThoseWithItsCertificateAreLetIn() throws Exception {
    try (Server server =
            tlsServer("server", "--tls-ca", pem("ca"), "--tox", Script.in(folder, "echo here"));
        JarProcess known = server.client(clientArgs(keys, "run"));
        JarProcess unknown = server.client("--tls-ca", pem("ca"), "run");
        JarProcess stranger = server.client(clientArgs(keys.resolve("strangers"), "run"))) {
      assertThat(known.exitCode()).isZero();
      assertThat(known.out().text()).isEqualTo("here\n");
      assertFails(
          unknown,
          "127.0.0.1:%d wants a certificate from this client: give --tls-cert and --tls-key",
          server);
      assertFails(
          stranger,
          "127.0.0.1:%d does not accept this client's certificate:"
              + " --tls-cert must be from an authority that the server trusts",
          server);
      assertThat(server.out().text()).as("of the runs that took place").isEqualTo("here\n");
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
    String strangers = keys.resolve("strangers").resolve("ca.pem").toString();
    try (Server server = tlsServer("server");
        JarProcess client = server.client("--tls-ca", strangers, "ping");
        JarProcess ofTheJdk =
            server.client("--tls-cert", pem("client"), "--tls-key", key("client"), "ping")) {
      String line =
          "the certificate of 127.0.0.1:%d is from no authority that is trusted here:"
              + " name the right one with --tls-ca";
      assertFails(client, line, server);
      assertFails(ofTheJdk, line, server);
    }
  }

  /** The distribution's clients remember whom an authority has vouched for: that, and no more. */
  @Test
  void whoHasBeenTrustedIsJudgedAnewWhereAnythingIsOther() throws Exception {
    Path ca = Files.copy(keys.resolve("ca.pem"), folder.resolve("ca.pem"));
    Path strangers = keys.resolve("strangers");
    Certificates others = new Certificates(Files.createDirectory(folder.resolve("others")));
    others.server("server", "IP:127.0.0.1");
    certificates.server("renewed", "IP:127.0.0.1");
    try (Server server = tlsServer("server")) {
      assertPings(server, ca);
      assertPings(server, ca);
    }
    try (Server server = tlsServer("renewed")) {
      assertPings(server, ca);
    }
    try (Server server = Server.start(folder, others.options("server").toArray(String[]::new))) {
      assertIsNotTrusted(server, ca);
    }
    try (Server server = tlsServer("elsewhere");
        JarProcess client = server.client("--tls-ca", ca.toString(), "ping")) {
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).contains("is not for the host 127.0.0.1");
    }
    try (Server server = tlsServer("server")) {
      assertPings(server, ca);
      Files.copy(strangers.resolve("ca.pem"), ca, StandardCopyOption.REPLACE_EXISTING);
      assertIsNotTrusted(server, ca);
    }
  }

  private static void assertPings(Server server, Path ca) throws Exception {
    try (JarProcess client = server.client("--tls-ca", ca.toString(), "ping")) {
      assertThat(client.exitCode()).as(client.err().text()).isZero();
    }
  }

  private static void assertIsNotTrusted(Server server, Path ca) throws Exception {
    try (JarProcess client = server.client("--tls-ca", ca.toString(), "ping")) {
      assertFails(
          client,
          "the certificate of 127.0.0.1:%d is from no authority that is trusted here:"
              + " name the right one with --tls-ca",
          server);
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotTrusted() throws Exception {
    try (Server server = tlsServer("elsewhere");
        JarProcess client = server.client("--tls-ca", pem("ca"), "ping")) {
      assertFails(
          client,
          "the certificate of 127.0.0.1:%d is not for the host 127.0.0.1: connect by a name that"
              + " is in it (-h, --host), or have this one put into it",
          server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "ping"})
  void aPlainClientIsToldThatTheServerWantsTls(String command) throws Exception {
    try (Server server = tlsServer("server");
        JarProcess client = server.client(command)) {
      assertThat(client.exitCode()).isEqualTo(1);
      // On a busy machine, it has said before that it waits.
      assertThat(client.err().text())
          .endsWith(
              "127.0.0.1:%d speaks TLS only: name the authority of its certificate with --tls-ca\n"
                  .formatted(server.port()));
      assertThat(server.err().text()).contains("A connection is refused: it speaks no TLS\n");
    }
  }

  @Test
  void aClientWithTlsIsToldThatTheServerSpeaksNone() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess client = server.client("--tls-ca", pem("ca"), "ping")) {
      assertFails(
          client,
          "127.0.0.1:%d does not speak TLS:"
              + " leave out --tls-ca and the like, or give them to serve too",
          server);
    }
  }

  /** In a Java that would speak them: others refuse them by themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void anOldVersionOfTlsIsRefused(String version) throws Exception {
    Path lax = folder.resolve("lax.security");
    Files.writeString(lax, "jdk.tls.disabledAlgorithms=\n");
    List<String> args = new ArrayList<>(certificates.options("server"));
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.security.properties=" + lax);
    try (Server server = Server.start(folder, environment, args.toArray(String[]::new))) {
      assertThat(TlsHandshake.with(server.port(), pem("ca"), version, "-cipher", "ALL:@SECLEVEL=0"))
          .contains("alert protocol version");
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
  void aNewVersionOfTlsIsSpoken(String version, String name) throws Exception {
    try (Server server = tlsServer("server")) {
      assertThat(TlsHandshake.with(server.port(), pem("ca"), version))
          .contains("New, " + name, "Verify return code: 0 (ok)");
    }
  }

  private Server tlsServer(String name, String... more) throws Exception {
    List<String> args = new ArrayList<>(certificates.options(name));
    args.addAll(List.of(more));
    return Server.start(folder, args.toArray(String[]::new));
  }

  private static String[] clientArgs(Path from, String command) {
    return new String[] {
      "--tls-ca",
      pem("ca"),
      "--tls-cert",
      from.resolve("client.pem").toString(),
      "--tls-key",
      from.resolve("client.key").toString(),
      command
    };
  }

  private static void assertFails(JarProcess client, String line, Server server) throws Exception {
    assertThat(client.exitCode()).isEqualTo(1);
    assertThat(client.err().text()).isEqualTo(line.formatted(server.port()) + "\n");
    assertThat(client.out().size()).isZero();
  }

  private static String pem(String name) {
    return certificates.file(name + ".pem");
  }

  private static String key(String name) {
    return certificates.file(name + ".key");
  }
}
