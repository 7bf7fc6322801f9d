package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.ClientToken;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user is told of alerts, whoever speaks TLS here: each words them in its own way. */
class ClientTlsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(certificate_required) Received fatal alert: certificate_required",
        "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED",
        "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE"
      })
  void aMissingCertificateIsAskedForByItsOptions(String message) {
    assertThat(ClientTls.cure(new SSLHandshakeException(message), config()))
        .hasValue(
            "localhost:9876 wants a certificate from this client: give --tls-cert and --tls-key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Received fatal alert: protocol_version",
        "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"
      })
  void aServerOfOldVersionsIsNamedSo(String message) {
    assertThat(ClientTls.cure(new SSLException(message), config()))
        .hasValue("localhost:9876 speaks only old versions of TLS");
  }

  private static ClientConfig config() {
    Settings settings =
        new Settings(Map.of(), Map.of(Setting.TOKEN.variable(), "0123456789abcdef"), Map.of());
    ClientToken token = ClientToken.from(settings, Environment.ofProcess());
    return new ClientConfig(
        "localhost", 9876, Optional.empty(), Optional.empty(), token, Optional.empty(), 30_000);
  }
}
