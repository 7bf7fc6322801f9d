package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NatsConfigTest {
  private static final Map<Setting, String> A_PASSWORD =
      Map.of(Setting.NATS, "nats://a", Setting.NATS_USER, "hub");

  @Test
  void withoutServersThereIsNone() {
    assertThat(NatsConfig.from(settings(Map.of()))).isEmpty();
  }

  @Test
  void aServerNeedsNoPortAndNoScheme() {
    assertThat(of(Map.of(Setting.NATS, "a, nats://b:5222,nats://[::1]:1")).servers())
        .containsExactly("nats://a:4222", "nats://b:5222", "nats://[::1]:1");
  }

  @Test
  void whatIsNotSaidIsOneReplicaInFilesForAWeek() {
    assertThat(of(Map.of(Setting.NATS, "a")))
        .satisfies(config -> assertThat(config.tls()).isEmpty())
        .satisfies(config -> assertThat(config.login()).isEmpty())
        .extracting(NatsConfig::store)
        .isEqualTo(new NatsConfig.Store(1, false, 1L << 30, 604_800_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a:4222", "nats://", "nats://a:4222/x", "nats://a b", "ws://a", ","})
  void whatIsNoUrlOfNatsIsRefused(String url) {
    assertThatThrownBy(() -> of(Map.of(Setting.NATS, url)))
        .hasMessageStartingWith("--nats: '")
        .hasMessageEndingWith("' is not nats://HOST:PORT or tls://HOST:PORT");
  }

  @Test
  void aPasswordInAUrlIsRefusedAndNotShown() {
    assertThatThrownBy(() -> of(Map.of(Setting.NATS, "nats://hub:geheim@a")))
        .hasMessageContaining("--nats-password-file")
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void theSchemeTlsIsEnoughForThoseWhomJavaTrusts() {
    assertThat(of(Map.of(Setting.NATS, "tls://a")).tls()).isPresent();
  }

  @Test
  void aPasswordComesFromAFileOrAVariable(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "geheim\n");
    Map<Setting, String> given = with(A_PASSWORD, Setting.NATS_PASSWORD_FILE, file.toString());
    Settings byVariable =
        new Settings(A_PASSWORD, Map.of("TOX_SERVER_NATS_PASSWORD", "geheim"), Map.of());

    assertThat(of(given).login()).contains(new NatsConfig.Login("hub", "geheim"));
    assertThat(NatsConfig.from(byVariable).orElseThrow().login())
        .contains(new NatsConfig.Login("hub", "geheim"))
        .hasToString("Optional[hub]");
  }

  @Test
  void aUserWithoutAPasswordIsRefused() {
    assertThatThrownBy(() -> of(A_PASSWORD)).hasMessageContaining("give both");
    assertThatThrownBy(() -> of(with(A_PASSWORD, Setting.NATS_PASSWORD_FILE, "/no/such/file")))
        .hasMessage("--nats-password-file: /no/such/file can't be read");
  }

  @ParameterizedTest
  @CsvSource({
    "NATS_REPLICAS, 2, --nats-replicas: '2' is not 1 or 3",
    "NATS_STORAGE, disk, --nats-storage: 'disk' is not file or memory",
    "NATS_AGE, 4000, --nats-age: at most 3650 days",
    "NATS_OUTPUT, 1, --nats-output: '1' is out of range: give a number of bytes from 1048576 to 1099511627776",
    "NATS_CERT, x.pem, --nats-cert and --nats-key go together: give both",
    "NATS_CA, /no/ca.pem, the TLS file /no/ca.pem can't be read"
  })
  void whatIsOfNoUseIsRefusedInOneLine(Setting setting, String value, String line) {
    assertThatThrownBy(() -> of(Map.of(Setting.NATS, "a", setting, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(line);
  }

  @Test
  void aRunnerWantsTlsBeyondItsMachine() {
    Map<Setting, String> elsewhere = Map.of(Setting.NATS, "127.0.0.1,nats://a:4222");

    assertThatThrownBy(() -> NatsConfig.ofRunner(settings(elsewhere)))
        .hasMessageStartingWith("nats://a:4222 is another machine");
    assertThat(NatsConfig.ofRunner(settings(with(elsewhere, Setting.INSECURE, "true"))))
        .isPresent();
    assertThat(NatsConfig.ofRunner(settings(Map.of(Setting.NATS, "tls://a")))).isPresent();
    assertThat(NatsConfig.ofRunner(settings(Map.of(Setting.NATS, "localhost,[::1]:4222"))))
        .isPresent();
  }

  @Test
  void aRunnerThatIsToldOfASocketGoesThereThoughItsVariablesKnowNats() {
    Map<String, String> variables = Map.of("TOX_SERVER_NATS", "nats://a:4222");
    Map<Setting, String> socket = Map.of(Setting.SOCKET, "/s");

    assertThat(NatsConfig.ofRunner(new Settings(socket, variables, Map.of()))).isEmpty();
    assertThat(
            NatsConfig.ofRunner(new Settings(Map.of(Setting.NATS, "localhost"), Map.of(), socket)))
        .isPresent();
  }

  private static Map<Setting, String> with(Map<Setting, String> some, Setting other, String value) {
    Map<Setting, String> all = new EnumMap<>(some);
    all.put(other, value);
    return all;
  }

  private static NatsConfig of(Map<Setting, String> given) {
    return NatsConfig.from(settings(given)).orElseThrow();
  }

  private static Settings settings(Map<Setting, String> given) {
    return new Settings(given, Map.of(), Map.of());
  }
}
