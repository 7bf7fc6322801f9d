package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Tls;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user is told of failures, whoever speaks TLS here: each words them in its own way. */
class ClientTlsTest {
  private static final ClientConfig CONFIG = ClientConfigs.at("localhost", 9876);

  @Test
  void theServersNameIsCheckedAndAHandshakeHasADeadline() {
    NetClientOptions options = new NetClientOptions();
    ClientTls.configure(options, new Tls(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(options.isSsl()).isTrue();
    assertThat(options.getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(options.getEnabledSecureTransportProtocols()).isEqualTo(Tls.VERSIONS);
    assertThat(options.getSslEngineOptions()).hasSameClassAs(Tls.engine());
    assertThat(options.getSslHandshakeTimeoutUnit().toSeconds(options.getSslHandshakeTimeout()))
        .isEqualTo(5);
    assertThat(options.getSslHandshakeTimeoutUnit()).isEqualTo(TimeUnit.SECONDS);
    assertThat(options.isTrustAll()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(certificate_required) Received fatal alert: certificate_required",
        "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED",
        "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE"
      })
  void aMissingCertificateIsAskedForByItsOptions(String message) {
    assertThat(ClientTls.cure(new SSLHandshakeException(message), CONFIG))
        .hasValue(
            "localhost:9876 wants a certificate from this client: give --tls-cert and --tls-key");
  }

  @Test
  void aCertificateThatIsNotAcceptedIsToldFromOneThatIsMissing() {
    ClientConfig presenting =
        new ClientConfig(
            CONFIG.host(),
            CONFIG.port(),
            Optional.empty(),
            Optional.of(
                new Tls(Optional.of(Path.of("c")), Optional.of(Path.of("k")), Optional.empty())),
            CONFIG.token(),
            Optional.empty(),
            2_500);
    assertThat(ClientTls.cure(new SSLException("Received fatal alert: unknown_ca"), presenting))
        .hasValue(
            "localhost:9876 does not accept this client's certificate: --tls-cert must be from an authority that the server trusts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Received fatal alert: protocol_version",
        "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"
      })
  void aServerOfOldVersionsIsNamedSo(String message) {
    assertThat(ClientTls.cure(new SSLException(message), CONFIG))
        .hasValue("localhost:9876 speaks only old versions of TLS");
  }

  @Test
  void anyOtherAlertIsNamed() {
    assertThat(ClientTls.cure(new SSLException("Received fatal alert: access_denied"), CONFIG))
        .hasValue("localhost:9876 refuses this client's TLS: access_denied");
  }

  @Test
  void aServerWithoutTlsIsToldFromItsFirstBytes() {
    assertThat(ClientTls.cure(caused(new NotSslRecordException("no")), CONFIG))
        .hasValue(
            "localhost:9876 does not speak TLS: leave out --tls-ca and the like, or give them to serve too");
  }

  @Test
  void whatIsWrongWithACertificateIsFoundAmongTheCauses() {
    assertThat(ClientTls.cure(caused(new CertificateExpiredException()), CONFIG))
        .hasValue("the certificate of localhost:9876 has expired: it needs a new one");
    String untrusted =
        "the certificate of localhost:9876 is from no authority that is trusted here: name the right one with --tls-ca";
    assertThat(ClientTls.cure(caused(new CertPathBuilderException()), CONFIG)).hasValue(untrusted);
    assertThat(ClientTls.cure(caused(new CertPathValidatorException()), CONFIG))
        .hasValue(untrusted);
    assertThat(ClientTls.cure(caused(new CertificateException("no name")), CONFIG))
        .hasValue(
            "the certificate of localhost:9876 is not for the host localhost: connect by a name that is in it (-h, --host), or have this one put into it");
  }

  @Test
  void theNextAttemptMayCureAllElse() {
    assertThat(ClientTls.cure(new IOException("Connection refused"), CONFIG)).isEmpty();
    assertThat(ClientTls.cure(new CertificateExpiredException(), CONFIG)).isEmpty();
    assertThat(ClientTls.cure(new SSLException("closed in mid-handshake"), CONFIG)).isEmpty();
    assertThat(ClientTls.cure(new SSLException((String) null), CONFIG)).isEmpty();
  }

  private static Exception caused(Exception cause) {
    return new SSLException("failed", new RuntimeException(cause));
  }
}
