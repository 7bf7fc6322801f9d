package dev.toxserver.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailTest {
  private final Tail tail = new Tail();

  @Test
  void theLastTenLinesAreToldWithoutColoursAndWithoutWhatWasPrintedOver() {
    add("zero\n");
    add(IntStream.range(1, 9).mapToObj(n -> n + "\n").collect(Collectors.joining()));
    add("\r\n10 %\r20 %\r\n\033[31mFAI");
    add("LED\033[0m\n");
    assertThat(tail.lines())
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "20 %", "FAILED");
  }

  @Test
  void ofEndlessOutputALittleIsKeptAndNoHalfLine() {
    for (int n = 0; n < 1_000; n++) {
      add("x".repeat(1_000) + "\n");
    }
    add("end");
    assertThat(tail.lines()).hasSize(9).contains("x".repeat(1_000)).endsWith("end");
  }

  private void add(String text) {
    tail.add(text.getBytes(UTF_8));
  }
}
