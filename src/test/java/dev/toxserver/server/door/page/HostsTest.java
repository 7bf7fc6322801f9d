package dev.toxserver.server.door.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private final Hosts hosts = new Hosts(Set.of("localhost", "tests.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8080",
        "tests.example:443",
        "127.0.0.1:8080",
        "192.168.1.20",
        "[::1]",
        "[fe80::1]:8080"
      })
  void addressesAndKnownNamesAreAccepted(String host) {
    assertThat(hosts.accept(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rebound.example",
        "localhost.rebound.example:8080",
        "127.0.0.1.rebound.example",
        "localhost, rebound.example",
        "[rebound.example]",
        "::1",
        "[::1",
        "127.0.0.1@rebound.example",
        "0x7f000001.rebound.example"
      })
  void allElseCouldStandForThisMachineForAMoment(String host) {
    assertThat(hosts.accept(host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, true",
    "https://tests.example, tests.example, true",
    "HTTP://LOCALHOST:8080, localhost:8080, true",
    "http://localhost:8081, localhost:8080, false",
    "http://other.example, tests.example, false",
    "http://tests.example.other.example, tests.example, false",
    "null, tests.example, false",
    "tests.example, tests.example, false"
  })
  void onlyAPageOfTheSameHostAndPortIsTheServersOwn(String origin, String host, boolean own) {
    assertThat(Hosts.isOwn(Optional.of(origin), host)).isEqualTo(own);
  }
}
