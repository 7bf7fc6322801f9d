package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
  /** A folder in which no token is found. */
  static final Environment NOWHERE =
      new Environment(Map.of(), Path.of("/no/such/folder"), List.of());

  @Test
  void aClientGoesToThisMachineAndWaitsForEverUnlessTold() {
    ClientConfig config =
        ClientConfig.from(new Settings(Map.of(Setting.PORT, "9876"), Map.of(), Map.of()), NOWHERE);

    assertThat(config.address()).isEqualTo("localhost:9876");
    assertThat(config.timeout()).isEmpty();
    assertThat(config.reconnectMillis()).isEqualTo(30_000);
  }

  @Test
  void aSocketNeedsNeitherPortNorTls() {
    Settings settings =
        new Settings(
            Map.of(Setting.SOCKET, "/tmp/s"),
            Map.of(Setting.TLS_CA.variable(), "/no/such/file"),
            Map.of());

    assertThat(ClientConfig.from(settings, NOWHERE).tls()).isEmpty();
    assertThat(ServerConfig.listen(settings).tls()).isEmpty();
  }

  @Test
  void portZeroIsForTheServerOnly() {
    Settings settings = new Settings(Map.of(Setting.PORT, "0"), Map.of(), Map.of());

    assertThat(ServerConfig.listen(settings).port()).isZero();
    assertThatThrownBy(() -> ClientConfig.from(settings, NOWHERE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("-p, --port: 0 is for serve; give the server's port");
  }
}
