package dev.toxserver.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private final SinkOfTest sink = new SinkOfTest();
  private int allShown;
  private final SideBySide display = new SideBySide(sink, List.of("py311", "a"), () -> allShown++);

  @Test
  void everyWholeLineHasItsEnvironmentBeforeIt() {
    display.begun(0, "begun");
    print(0, "one\ntw");
    print(1, "half");
    print(0, "o\nthree\n");
    print(1, " line\n");
    assertThat(sink.shown)
        .containsExactly(
            "stderr:py311 | begun\n",
            "stdout:py311 | one\n",
            "stdout:py311 | two\npy311 | three\n",
            "stdout:a     | half line\n");
  }

  @Test
  void eachStreamHasLinesOfItsOwnAndTheLastGetsAnEnd() {
    print(0, "out");
    display.output(0, Stream.STDERR, "err".getBytes(UTF_8));
    display.ended(0, "ended");
    assertThat(sink.shown)
        .containsExactly("stdout:py311 | out\n", "stderr:py311 | err\n", "py311 | ended");
  }

  @Test
  void aLineWithoutAnEndIsBrokenBeforeItIsKeptForEver() {
    print(0, "x".repeat(2 * LinePrefix.LONGEST));
    assertThat(sink.shown)
        .containsExactly(
            ("stdout:py311 | " + "x".repeat(LinePrefix.LONGEST) + "\n")
                + ("py311 | " + "x".repeat(LinePrefix.LONGEST) + "\n"));
  }

  @Test
  void theEndIsToldOnceWhenTheLastLineIsOut() {
    display.ended(1, "ended");
    sink.drain();
    display.ended(0, "ended");
    assertThat(allShown).isZero();
    sink.drain();
    assertThat(allShown).isEqualTo(1);
  }

  private void print(int run, String text) {
    display.output(run, Stream.STDOUT, text.getBytes(UTF_8));
  }
}
