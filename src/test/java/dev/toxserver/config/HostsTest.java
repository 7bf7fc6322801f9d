package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code -h} may name. */
class HostsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|a:9876",
        "a,b:1,[::1]:2|a:9876, b:1, [::1]:2",
        "a, b|a:9876, b:9876",
        "b:65535|b:65535",
        "::1|[::1]:9876",
        "[::1]|[::1]:9876",
        "::1,127.0.0.1|[::1]:9876, 127.0.0.1:9876"
      })
  void eachHostHasItsPortOrTheOneThatIsSet(String hosts, String servers) {
    assertThat(config(Map.of(Setting.HOST, hosts, Setting.PORT, "9876")).address())
        .isEqualTo(servers);
  }

  @Test
  void whereEachHasItsPortNoOtherIsNeeded() {
    assertThat(config(Map.of(Setting.HOST, "a:1,b:2")).servers())
        .containsExactly(new HostPort("a", 1), new HostPort("b", 2));
    assertThatThrownBy(() -> config(Map.of(Setting.HOST, "a:1,b")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("no port: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,", ",a", "a,,b", "a:", ":1", "a:0", "a:65536", "a:x", "[],b", "[::1]x"})
  void whatIsNoHostIsRefused(String hosts) {
    assertThatThrownBy(() -> config(Map.of(Setting.HOST, hosts, Setting.PORT, "9876")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("-h, --host: '")
        .hasMessageEndingWith("' is no host: give HOST or HOST:PORT, several with commas");
  }

  private static ClientConfig config(Map<Setting, String> given) {
    return ClientConfig.from(new Settings(given, Map.of(), Map.of()), ClientConfigTest.NOWHERE);
  }
}
