package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Stream;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a terminal of 12 rows and 20 columns shows. */
@Timeout(30)
class MatrixFootTest {
  private final SmallScreen screen = new SmallScreen(20, 12);
  private final StandardStream err =
      new StandardStream(
          "err",
          new OutputStream() {
            @Override
            public void write(int each) {
              throw new AssertionError("a picture is one write");
            }

            @Override
            public void write(byte[] bytes) {
              screen.write(bytes);
            }
          });
  private final MatrixFoot foot = new MatrixFoot(err, true, () -> 12);

  @Test
  void itStandsBelowTheOutputWhichGoesOnWhereItWas() {
    print("one\n..");
    draw("a 1 s", "b 1 s");
    assertThat(screen.shown()).isEqualTo("one\n..\na 1 s\nb 1 s");
    print(".\ntwo\n");
    assertThat(screen.shown()).isEqualTo("one\n...\ntwo");
    draw("a 2 s");
    assertThat(screen.shown()).isEqualTo("one\n...\ntwo\n\na 2 s");
  }

  @Test
  void aLineOfTheClientsStandsOnALineOfItsOwn() {
    print("no end");
    draw("a");
    say("[DONE] a");
    say("[DONE] b");
    assertThat(screen.shown()).isEqualTo("no end\n[DONE] a\n[DONE] b");
  }

  @Test
  void atTheBottomOfTheScreenTheOutputMakesRoomForIt() {
    for (int n = 0; n < 30; n++) {
      print("line " + n + "\n.");
      draw("a", "b", "c");
      assertThat(screen.shown()).endsWith("line " + n + "\n.\na\nb\nc");
      print("\n");
    }
    assertThat(screen.shown()).startsWith("line 0\n.\nline 1\n.\n").endsWith("line 29\n.");
  }

  @Test
  void nothingOfItIsLeftBehindWhateverIsPrinted() {
    SmallScreen plain = new SmallScreen(20, 12);
    Random random = new Random(1);
    for (int n = 0; n < 2_000; n++) {
      String text = "xy\n".repeat(random.nextInt(3)) + "z".repeat(random.nextInt(15));
      plain.write(text.getBytes(UTF_8));
      print(text);
      if (random.nextBoolean()) {
        draw("an environment with a long name " + n, "b " + n, "c " + n);
      }
    }
    print("\nend");
    plain.write("\nend".getBytes(UTF_8));
    assertThat(screen.shown()).isEqualTo(plain.shown());
  }

  @Test
  void aLongLineIsCutAndATallFootToo() {
    draw("a line that is longer than the screen", "b", "c", "d", "e");
    assertThat(screen.shown()).isEqualTo("\na line that is longn\nb\nc\nd");
  }

  @Test
  void itNeverStandsWithinACharacterOrAControlSequence() {
    print(new byte[] {(byte) 0xe2, (byte) 0x9c});
    foot.show(List.of("a"));
    print("\033[3");
    foot.show(List.of("a"));
    err.flush(10_000);
    assertThat(screen.shown()).isEmpty();
  }

  @Test
  void outputThatGoesElsewhereIsNotTouched() {
    MatrixFoot other = new MatrixFoot(err, false, () -> 12);
    byte[] data = "out".getBytes(UTF_8);
    other.show(List.of("a"));
    assertThat(other.before(Stream.STDOUT, data)).isSameAs(data);
  }

  private void print(String text) {
    print(text.getBytes(UTF_8));
  }

  private void print(byte[] data) {
    byte[] bytes = foot.before(Stream.STDOUT, data);
    if (data.length > 0 && data[0] != (byte) 0xe2 && data[0] != 27) {
      screen.write(bytes);
    }
  }

  private void say(String line) {
    screen.write((foot.before(line) + "\n").getBytes(UTF_8));
  }

  private void draw(String... lines) {
    foot.show(List.of(lines));
    err.flush(10_000);
  }
}
