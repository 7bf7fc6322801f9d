package dev.toxserver.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputEndTest {
  private final OutputEnd output = new OutputEnd();

  @Test
  void onlyTheLastLinesAreHeldHoweverManyCome() {
    for (int i = 0; i < 100_000; i++) {
      print(Stream.STDOUT, "line " + i + "\n");
    }

    assertThat(output.lines()).hasSizeLessThan(1_000).endsWith("line 99998", "line 99999");
  }

  @Test
  void nothingThatATerminalWouldObeyIsHeldWhereverItIsCut() {
    print(Stream.STDOUT, "\033[3");
    print(Stream.STDERR, "\033]0;title\007of the other stream\n");
    print(Stream.STDOUT, "1mred\033[0m\tand\u202e \0\u009bwhite\b\n");

    assertThat(output.lines()).containsExactly("of the other stream", "red and white");
  }

  @Test
  void aLineThatWasPrintedOverItselfIsItsLastAndOneWithoutAnEndIsThere() {
    print(Stream.STDOUT, "10 %\r20 %\r\nPassword: ");

    assertThat(output.lines()).containsExactly("20 %", "Password: ".strip());
  }

  @Test
  void aWarningIsNothingThatIsWrongAndNothingIsCountedTwiceThatIsHeld() {
    print(
        Stream.STDOUT,
        "a.py:1: DeprecationWarning: old\na.py:2: E501 line too long\na.py:2: E501 line too long\n");

    assertThat(output.problems()).hasSize(1);
    assertThat(output.problemCount()).isEqualTo(1);
  }

  private void print(Stream stream, String text) {
    output.take(stream, text.getBytes(StandardCharsets.UTF_8));
  }
}
