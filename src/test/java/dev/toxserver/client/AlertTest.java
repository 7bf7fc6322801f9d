package dev.toxserver.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertTest {

  @Test
  void aTerminalIsToldInBothWays() {
    assertThat(text("passed in 41.2 s (-e py)"))
        .isEqualTo(
            "\033]9;tox-server: passed in 41.2 s (-e py)\007"
                + "\033]777;notify;tox-server;passed in 41.2 s (-e py)\007");
  }

  @Test
  void theTextHoldsNothingThatATerminalWouldObey() {
    assertThat(text("a\033]0;b\007\nc\u009cd\u202e;é\t")).contains("a]0,bcd,é\007\033]777;");
  }

  private static String text(String text) {
    return new String(Alert.of(text), UTF_8);
  }
}
