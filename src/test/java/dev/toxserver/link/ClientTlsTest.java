package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.HostPort;
import dev.toxserver.config.InvalidSettingException;
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
  private static final HostPort SERVER = new HostPort("localhost", 9876);
  private static final Tls ANY = new Tls(Optional.empty(), Optional.empty(), Optional.empty());

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
    assertThat(ClientTls.cure(new SSLHandshakeException(message), ANY, SERVER))
        .hasValue(
            "localhost:9876 wants a certificate from this client: give --tls-cert and --tls-key");
  }

  @Test
  void aCertificateThatIsNotAcceptedIsToldFromOneThatIsMissing() {
    Tls presenting =
        new Tls(Optional.of(Path.of("c")), Optional.of(Path.of("k")), Optional.empty());
    assertThat(
            ClientTls.cure(
                new SSLException("Received fatal alert: unknown_ca"), presenting, SERVER))
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
    assertThat(ClientTls.cure(new SSLException(message), ANY, SERVER))
        .hasValue("localhost:9876 speaks only old versions of TLS");
  }

  @Test
  void anyOtherAlertIsNamed() {
    assertThat(ClientTls.cure(new SSLException("Received fatal alert: access_denied"), ANY, SERVER))
        .hasValue("localhost:9876 refuses this client's TLS: access_denied");
  }

  @Test
  void aServerWithoutTlsIsToldFromItsFirstBytes() {
    assertThat(ClientTls.cure(caused(new NotSslRecordException("no")), ANY, SERVER))
        .hasValue(
            "localhost:9876 does not speak TLS: leave out --tls-ca and the like, or give them to serve too");
  }

  @Test
  void whatIsWrongWithACertificateIsFoundAmongTheCauses() {
    assertThat(ClientTls.cure(caused(new CertificateExpiredException()), ANY, SERVER))
        .hasValue("the certificate of localhost:9876 has expired: it needs a new one");
    String untrusted =
        "the certificate of localhost:9876 is from no authority that is trusted here: name the right one with --tls-ca";
    assertThat(ClientTls.cure(caused(new CertPathBuilderException()), ANY, SERVER))
        .hasValue(untrusted);
    assertThat(ClientTls.cure(caused(new CertPathValidatorException()), ANY, SERVER))
        .hasValue(untrusted);
    assertThat(ClientTls.cure(caused(new CertificateException("no name")), ANY, SERVER))
        .hasValue(
            "the certificate of localhost:9876 is not for the host localhost: connect by a name that is in it (-h, --host), or have this one put into it");
  }

  @Test
  void aFileOfAuthoritiesThatIsOfNoUseIsNotTheServersFault() {
    InvalidSettingException missing = new InvalidSettingException("the TLS file can't be read");
    assertThat(ClientTls.cure(caused(new CertificateException(missing)), ANY, SERVER))
        .hasValue("the TLS file can't be read");
  }

  @Test
  void theNextAttemptMayCureAllElse() {
    assertThat(ClientTls.cure(new IOException("Connection refused"), ANY, SERVER)).isEmpty();
    assertThat(ClientTls.cure(new CertificateExpiredException(), ANY, SERVER)).isEmpty();
    assertThat(ClientTls.cure(new SSLException("closed in mid-handshake"), ANY, SERVER)).isEmpty();
    assertThat(ClientTls.cure(new SSLException((String) null), ANY, SERVER)).isEmpty();
  }

  private static Exception caused(Exception cause) {
    return new SSLException("failed", new RuntimeException(cause));
  }
}
