package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunnerAddressesTest {

  @Test
  void anOrderIsForTheRunnerThatItsAddressNames() {
    assertThat(ordersOf(RunnerAddresses.LOCAL))
        .containsExactly(
            "tox.runner.local.start",
            "tox.runner.local.cancel",
            "tox.runner.local.acknowledge",
            "tox.runner.local.input",
            "tox.runner.local.resize");
    assertThat(ordersOf(new RunnerAddresses(new RunnerName("py311"))))
        .doesNotContainAnyElementsOf(ordersOf(RunnerAddresses.LOCAL).toList());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void noClientCanSendToThemOrListenThere(String address) {
    assertThat(Addresses.REQUESTS).doesNotContain(address);
    assertThatThrownBy(() -> Addresses.runOf(address)).isInstanceOf(MalformedException.class);
  }

  private static Stream<String> orders() {
    return ordersOf(RunnerAddresses.LOCAL);
  }

  private static Stream<String> ordersOf(RunnerAddresses runner) {
    return Stream.of(
        runner.start(), runner.cancel(), runner.acknowledge(), runner.input(), runner.resize());
  }
}
