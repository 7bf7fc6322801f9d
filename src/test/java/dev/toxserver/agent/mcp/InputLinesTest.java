package dev.toxserver.agent.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputLinesTest {
  private final List<String> lines = new ArrayList<>();
  private int tooLong;
  private final InputLines input = new InputLines(lines::add, () -> tooLong++);

  @Test
  void linesMayComeInAnyPieces() {
    byte[] all = "one\n\n{\"ü\": 2}\nthree".getBytes(UTF_8);
    for (byte each : all) {
      input.take(new byte[] {each});
    }
    assertThat(lines).containsExactly("one", "", "{\"ü\": 2}");
    input.take("\nfour\n".getBytes(UTF_8));
    assertThat(lines).endsWith("three", "four");
  }

  @Test
  void aLineOfAHundredMegabytesIsPassedOverAndToldOnceAndTheNextIsRead() {
    byte[] piece = new byte[64 * 1024];
    Arrays.fill(piece, (byte) 'x');
    for (int i = 0; i < 1_600; i++) {
      input.take(piece);
    }
    assertThat(tooLong).isOne();
    input.take("\nnext\n".getBytes(UTF_8));
    assertThat(lines).containsExactly("next");
    assertThat(tooLong).isOne();
  }

  @Test
  void aLineOfTheMostBytesIsRead() {
    byte[] most = new byte[InputLines.LONGEST];
    Arrays.fill(most, (byte) 'x');
    input.take(most);
    input.take("\n".getBytes(UTF_8));
    input.take(most);
    input.take("x\n".getBytes(UTF_8));
    assertThat(lines).extracting(String::length).containsExactly(InputLines.LONGEST);
    assertThat(tooLong).isOne();
  }
}
