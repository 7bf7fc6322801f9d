package dev.toxserver.client.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.TerminalSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSizeTest {
  @Test
  void rowsComeFirst() {
    assertThat(ConsoleSize.parse("30 100\n")).isEqualTo(new TerminalSize(100, 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0", "", "24", "many rows"})
  void whereItIsNotKnownItIsTheUsualOne(String text) {
    assertThat(ConsoleSize.parse(text)).isEqualTo(new TerminalSize(80, 24));
  }

  @Test
  void noSideIsLongerThanTheProtocolAllows() {
    assertThat(ConsoleSize.parse("65535 0")).isEqualTo(new TerminalSize(80, TerminalSize.MAX));
  }
}
