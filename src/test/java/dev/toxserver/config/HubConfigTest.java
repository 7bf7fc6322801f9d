package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubConfigTest {
  private static final Settings NOTHING_SET = new Settings(Map.of(), Map.of(), Map.of());

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "localhost:9876, localhost, 9876",
    "127.0.0.1:1, 127.0.0.1, 1",
    "[::1]:1, ::1, 1",
    "[0:0:0:0:0:0:0:1]:65535, 0:0:0:0:0:0:0:1, 65535"
  })
  void aServerOfThisMachineIsJoinedAsItIs(String join, String host, int port) {
    ClientConfig config = HubConfig.from(NOTHING_SET, Optional.of(join));

    assertThat(config.servers()).containsExactly(new HostPort(host, port));
    assertThat(config.tls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests.example:9876",
        "192.0.2.1:9876",
        "0.0.0.0:9876",
        "127.0.0.1.tests.example:9876",
        "127.tests.example:9876"
      })
  void oneElsewhereHasToShowWhoItIsUnlessTheUserSaysThatItNeedNot(String join) throws Exception {
    String ca = Files.createFile(folder.resolve("ca.pem")).toString();
    assertThatThrownBy(() -> HubConfig.from(NOTHING_SET, Optional.of(join)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("could have anything run here: give --tls-ca");

    assertThat(HubConfig.from(set(Setting.INSECURE, "true"), Optional.of(join)).tls()).isEmpty();
    assertThatThrownBy(() -> HubConfig.from(set(Setting.TLS_CA, ca), Optional.of(join)))
        .as("what is to be trusted is read")
        .hasMessageContaining("holds no certificate");
  }

  @Test
  void aSocketTakesThePlaceOfHostAndPort() {
    assertThat(HubConfig.from(set(Setting.SOCKET, "/tmp/s"), Optional.empty()).socket())
        .isPresent();
    assertThatThrownBy(() -> HubConfig.from(NOTHING_SET, Optional.empty()))
        .hasMessageContaining("Give --join HOST:PORT, --socket PATH or --nats URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:", ":9876", "localhost:0", "localhost:65536", "a:b"})
  void whatIsNoHostAndPortIsRefused(String join) {
    assertThatThrownBy(() -> HubConfig.from(NOTHING_SET, Optional.of(join)))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void aRunnerIsCalledByItsHostWithWhatANameCanHave() {
    assertThat(HubConfig.hostName()).matches("[A-Za-z0-9_-]+");
  }

  private static Settings set(Setting setting, String value) {
    return new Settings(Map.of(setting, value), Map.of(), Map.of());
  }
}
