package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.Tls;
import dev.toxserver.e2e.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsTlsIT {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Certificates certificates;
  private NatsCluster cluster;

  @BeforeEach
  void begin() throws Exception {
    certificates = new Certificates(folder);
    certificates.server("right", "DNS:localhost,IP:127.0.0.1");
    certificates.server("other", "DNS:elsewhere.example");
    certificates.client("r1");
  }

  @AfterEach
  void end() throws Exception {
    NatsCluster.end(vertx, cluster);
  }

  @Test
  void byTlsAllIsAsWithout() throws Exception {
    NatsParty hub = connect("right", "tls://localhost:", trusting());

    hub.await(() -> Streams.prepare(hub.link(), cluster.config().store(), 10));
    hub.await(() -> hub.link().create(Stored.of("tox.work.any.x", Buffer.buffer("x"))));
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    assertThatThrownBy(() -> connect("other", "tls://localhost:", trusting()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("TLS with NATS at tls://localhost:")
        .hasMessageContaining("No subject alternative DNS name matching localhost found")
        .hasMessageEndingWith(". See --nats-ca, --nats-cert and --nats-key");
  }

  @Test
  void anAuthorityThatIsNotTrustedIsRefused() {
    Tls publicOnes = new Tls(Optional.empty(), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> connect("right", "tls://127.0.0.1:", Optional.of(publicOnes)))
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void whoeverSpeaksNoTlsIsToldThatItIsWanted() {
    assertThatThrownBy(() -> connect("right", "nats://127.0.0.1:", Optional.empty()))
        .hasMessageStartingWith("TLS with NATS at ")
        .hasMessageContaining("See --nats-ca");
  }

  @Test
  void aCertificateIsAUserIfNatsSaysSo() throws Exception {
    String more =
        """
        tls {
          cert_file: "%s", key_file: "%s", ca_file: "%s", verify_and_map: true
        }
        authorization { users: [ { user: "CN=r1", permissions { publish: "tox.out.r1.>", subscribe: "_INBOX.r1.>" } } ] }
        """
            .formatted(file("right.pem"), file("right.key"), file("ca.pem"));
    cluster = NatsCluster.start(folder, 1, more);
    Tls own =
        new Tls(
            Optional.of(Path.of(file("r1.pem"))),
            Optional.of(Path.of(file("r1.key"))),
            Optional.of(Path.of(file("ca.pem"))));

    NatsParty runner = new NatsParty(vertx, config("tls://localhost:", Optional.of(own)), "r1");

    assertThatThrownBy(
            () -> runner.await(() -> runner.link().create(Stored.of("x", Buffer.buffer()))))
        .hasMessage("Permissions Violation for Publish to \"x\"");
    assertThat(runner.call(() -> runner.link().publish(Stored.of("tox.out.r1.x", Buffer.buffer()))))
        .isTrue();
  }

  private NatsParty connect(String certificate, String scheme, Optional<Tls> tls) throws Exception {
    String more =
        "tls { cert_file: \"%s\", key_file: \"%s\" }"
            .formatted(file(certificate + ".pem"), file(certificate + ".key"));
    cluster = NatsCluster.start(folder, 1, more);
    return new NatsParty(vertx, config(scheme, tls), "hub-1");
  }

  private NatsConfig config(String scheme, Optional<Tls> tls) {
    String port = cluster.urls().get(0).replaceAll(".*:", "");
    return new NatsConfig(List.of(scheme + port), Optional.empty(), tls, cluster.config().store());
  }

  private Optional<Tls> trusting() {
    return Optional.of(
        new Tls(Optional.empty(), Optional.empty(), Optional.of(Path.of(file("ca.pem")))));
  }

  private String file(String name) {
    return certificates.file(name);
  }
}
