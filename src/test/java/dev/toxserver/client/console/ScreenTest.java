package dev.toxserver.client.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private final Screen screen = new Screen();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc\r\n",
        "abc\n",
        "abc\n\033[0m",
        "abc\r\033[K",
        "abc\033[2K\r",
        "abc\r\n\033]0;a title\007",
        "abc\n\033]8;;\033\\"
      })
  void onAnEmptyLineTheClientsOwnFollowsAtOnce(String output) {
    assertThat(after(output)).isEqualTo("word\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "abc\r", "\033[1mabc", "abc\033[K", "ü", "abc\r\033[1K", "\r\n("})
  void behindAnUnfinishedLineItBeginsOnANewOne(String output) {
    assertThat(after(output)).isEqualTo("\r\nword\r\n");
  }

  @Test
  void oneLineOfTheClientsMayFollowAnother() {
    after("abc");
    assertThat(screen.line("one\ntwo")).isEqualTo("one\r\ntwo\r\n");
  }

  @Test
  void afterTheEndTheTerminalAddsReturnsByItself() {
    show("abc");
    assertThat(screen.end()).isEmpty();
    assertThat(screen.line("word")).isEqualTo("\nword\n");
  }

  @Test
  void whatWasSwitchedOnIsUndone() {
    show("\033[?1049h\033[?25l\033[?2004h\033[1;31mred\033[?1000;1006h\033[?7l");
    assertThat(screen.end())
        .isEqualTo("\033[0m\033[?7h\033[?25h\033[?1000l\033[?1006l\033[?1049l\033[?2004l");
    assertThat(screen.end()).as("once").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "\033[31mred\033[0m",
        "\033[31mred\033[m",
        "\033[?25l\033[?25h",
        "\033[?1049h\033[2J\033[?1049l",
        "\033[?12;99999999h\033[4h\033[>4;2m",
        "\033[?xh",
        "\033]0;[?25l\007"
      })
  void whereNothingIsOnNothingIsUndone(String output) {
    show(output);
    assertThat(screen.end()).isEmpty();
  }

  @Test
  void aSequenceMayComeInPieces() {
    for (char each : "\033[?2004h".toCharArray()) {
      show(String.valueOf(each));
    }
    assertThat(screen.end()).isEqualTo("\033[?2004l");
  }

  @Test
  void parametersWithoutEndTakeNoMemory() {
    show("\033[?25l\033[" + "1;".repeat(100_000) + "H");
    assertThat(screen.end()).isEqualTo("\033[?25h");
  }

  private void show(String output) {
    screen.show(output.getBytes(UTF_8));
  }

  private String after(String output) {
    show(output);
    return screen.line("word");
  }
}
