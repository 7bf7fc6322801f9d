package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @Test
  void clientsMaySendToExactlyTheRequestAddresses() {
    assertThat(Addresses.REQUESTS)
        .containsExactlyInAnyOrder(
            "tox.run",
            "tox.cancel",
            "tox.ping",
            "tox.quit",
            "tox.attach",
            "tox.acknowledge",
            "tox.status",
            "tox.results",
            "tox.input",
            "tox.resize",
            "tox.runners",
            "tox.share",
            "tox.token.create",
            "tox.token.revoke",
            "tox.tokens");
  }

  @Test
  void anOutputAddressNamesItsRun() {
    RunId id = new RunId("py-311_A");

    assertThat(Addresses.output(id)).isEqualTo("tox.output.py-311_A");
    assertThat(Addresses.runOf(Addresses.output(id))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tox.output",
        "tox.output.",
        "tox.output.a.b",
        "tox.output.*",
        "tox.output.a\n",
        "toxXoutputXa",
        "xtox.output.a",
        "tox.run",
        "tox.runner.local.start",
        "TOX.OUTPUT.a"
      })
  void noOtherAddressCanBeListenedTo(String address) {
    assertThatThrownBy(() -> Addresses.runOf(address)).isInstanceOf(MalformedException.class);
  }
}
