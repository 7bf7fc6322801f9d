package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketPathTest {
  private static final String LONGEST = "/" + "a".repeat(95);

  @Test
  void aSocketNeedsNoPort() {
    Settings settings = new Settings(Map.of(Setting.SOCKET, "/run/s"), Map.of(), Map.of());

    assertThat(ServerConfig.listen(settings).address(-1)).isEqualTo("unix:/run/s");
    assertThat(ClientConfig.from(settings, ClientConfigTest.NOWHERE).address()).isEqualTo("/run/s");
  }

  @Test
  void aRelativePathIsThatOfTheWorkingDirectory() {
    assertThat(SocketPath.from(given("s"))).contains(Path.of("").toAbsolutePath().resolve("s"));
  }

  @Test
  void ofAPortAndASocketOnTheCommandLineTheSocketWins() {
    Settings settings =
        new Settings(Map.of(Setting.SOCKET, "/s", Setting.PORT, "1"), Map.of(), Map.of());

    assertThat(SocketPath.from(settings)).contains(Path.of("/s"));
  }

  @Test
  void theStrongerSourceWins() {
    Map<String, String> both = Map.of("TOX_SERVER_SOCKET", "/s", "TOX_SERVER_PORT", "1");
    Map<Setting, String> file = Map.of(Setting.SOCKET, "/file");

    assertThat(SocketPath.from(new Settings(Map.of(Setting.PORT, "2"), both, file))).isEmpty();
    assertThat(SocketPath.from(new Settings(Map.of(), both, file))).contains(Path.of("/s"));
    assertThat(SocketPath.from(new Settings(Map.of(), Map.of("TOX_SERVER_PORT", "1"), file)))
        .isEmpty();
  }

  @Test
  void anEmptyPathTakesTheSocketAway() {
    Settings settings =
        new Settings(Map.of(Setting.SOCKET, ""), Map.of("TOX_SERVER_SOCKET", "/s"), Map.of());

    assertThat(SocketPath.from(settings)).isEmpty();
  }

  @Test
  void aPathThatNoSocketCanHaveIsRefusedWithItsLength() {
    assertThat(SocketPath.from(given(LONGEST))).isPresent();
    assertThatThrownBy(() -> SocketPath.from(given(LONGEST + "a")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageEndingWith(" is too long for a socket: 97 bytes, of at most 96");
    assertThatThrownBy(() -> SocketPath.from(given("/" + "ä".repeat(48))))
        .as("bytes, not letters")
        .hasMessageContaining("97 bytes");
    assertThatThrownBy(() -> SocketPath.from(given("/")))
        .hasMessage("--socket: / is a folder; give a file in it");
  }

  private static Settings given(String socket) {
    return new Settings(Map.of(Setting.SOCKET, socket), Map.of(), Map.of());
  }
}
