package dev.toxserver.agent.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Stream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogPickerTest {
  private static final String LINES =
      IntStream.rangeClosed(1, 3_000)
          .mapToObj(n -> "line " + n + "\n")
          .collect(Collectors.joining());

  @Test
  void theLastLinesAndWhichTheyAre() {
    assertThat(read(new LogPart.Last(), LINES))
        .startsWith("line 2941\n")
        .endsWith("line 3000\n(lines 2941 to 3000, the last)");
    assertThat(read(new LogPart.Last(), "one\ntwo")).isEqualTo("one\ntwo\n(all 2 lines)");
    assertThat(read(new LogPart.Last(), "")).isEqualTo("(all 0 lines)");
  }

  @Test
  void linesFromOneOnAndWhereTheNextBegin() {
    LogPicker picker = new LogPart.Lines(100).picker();
    take(picker, LINES);
    assertThat(picker.isFull()).isTrue();
    String text = picker.text();
    assertThat(text)
        .startsWith("line 100\nline 101\n")
        .endsWith("\n(lines 100 to 943; next: from_line=944)");
    assertThat(read(new LogPart.Lines(944), LINES)).startsWith("line 944\n");
    assertThat(read(new LogPart.Lines(2_999), LINES))
        .isEqualTo("line 2999\nline 3000\n(lines 2999 to 3000, the last)");
    assertThat(read(new LogPart.Lines(3_001), LINES)).isEqualTo("(there are 3000 lines)");
  }

  @Test
  void whatIsFoundWithTheLinesAroundIt() {
    String output = "a\nb\nERROR one\nc\nd\ne\nf\nerror two\nError three\n";
    assertThat(read(new LogPart.Search("error", 1, 1), output))
        .isEqualTo(
            """
            2-b
            3:ERROR one
            4-c
            --
            7-f
            8:error two
            9:Error three
            (3 found in 9 lines)""");
    assertThat(read(new LogPart.Search("error", 4, 0), output))
        .isEqualTo("8:error two\n9:Error three\n(2 found in 9 lines)");
    assertThat(read(new LogPart.Search("x", 1, 2), output)).isEqualTo("(0 found in 9 lines)");
  }

  @Test
  void aSearchThatFindsTooMuchSaysWhereToGoOn() {
    String text = read(new LogPart.Search("line", 1, 2), LINES);
    String next = text.replaceAll("(?s).*from_line=(\\d+)\\)", "$1");
    assertThat(text).startsWith("1:line 1\n").contains((Integer.parseInt(next) - 1) + ":line");
    assertThat(read(new LogPart.Search("line", Integer.parseInt(next), 2), LINES))
        .startsWith(next + ":line " + next + "\n");
  }

  @Test
  void aLongLineIsCutAndItsBytesCanBeAskedFor() {
    String output = "x".repeat(20_000) + "\n";
    assertThat(read(new LogPart.Last(), output)).contains("x…\n").contains("from_byte shows all");
    String first = read(new LogPart.Bytes(0), output);
    assertThat(first).endsWith("\n(bytes 0 to 7599; next: from_byte=7600)");
    assertThat(read(new LogPart.Bytes(19_990), output))
        .isEqualTo("x".repeat(10) + "\n(bytes 19990 to 20000, the last)");
    assertThat(read(new LogPart.Bytes(30_000), output)).isEqualTo("\n(there are 20001 bytes)");
  }

  @Test
  void bytesAreCutBetweenTwoCharacters() {
    String output = "日".repeat(5_000);
    LogPicker picker = new LogPart.Bytes(0).picker();
    take(picker, output);
    String text = picker.text();
    int next = Integer.parseInt(text.replaceAll("(?s).*from_byte=(\\d+)\\)", "$1"));
    assertThat(next % 3).isZero();
    assertThat(text).doesNotContain("\uFFFD");
    assertThat(read(new LogPart.Bytes(1), output)).startsWith("日日").doesNotContain("\uFFFD");
  }

  @Test
  void bytesThatAreNoCharactersEndAnAnswerToo() {
    LogPicker picker = new LogPart.Bytes(0).picker();
    byte[] noise = new byte[64 * 1024];
    java.util.Arrays.fill(noise, 1, noise.length, (byte) 0x80);
    noise[0] = 'a';
    picker.take(Stream.STDOUT, noise);
    assertThat(picker.text().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(8_192);
  }

  @Test
  void aLineIsSearchedBehindWhatIsShownOfIt() {
    String output = "x".repeat(3_000) + "NEEDLE\n" + "y".repeat(5_000) + "NEEDLE\n";
    assertThat(read(new LogPart.Search("needle", 1, 0), output))
        .startsWith("1:xxx")
        .contains("x…\n(1 found in 2 lines")
        .contains("; of a line the first 4 KiB are searched");
    assertThat(read(new LogPart.Search("x", 1, 0), "x".repeat(4_000) + "\n"))
        .doesNotContain("4 KiB");
  }

  static java.util.stream.Stream<LogPart> parts() {
    Builder<LogPart> parts = java.util.stream.Stream.builder();
    return parts
        .add(new LogPart.Last())
        .add(new LogPart.Lines(1))
        .add(new LogPart.Bytes(0))
        .add(new LogPart.Search("e", 1, 10))
        .build();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void nothingThatATerminalOrAReaderWouldNotSeeComesThrough(LogPart part) {
    String tags = "\uDB40\uDC49\uDB40\uDC67\uDB40\uDD00";
    String text =
        read(
            part,
            "\033[31mred\033[0m \033]0;title\007end\b\0 \u202Ereversed\u200B"
                + tags
                + "\r\n"
                + "\033]8;;http://example.org\033\\here\033]8;;\033\\\n");
    assertThat(text).contains("red end reversed").contains("here").doesNotContain("http", "title");
    assertThat(text.codePoints().filter(each -> each != '\n'))
        .allMatch(
            each -> !Character.isISOControl(each) && Character.getType(each) != Character.FORMAT)
        .noneMatch(each -> each >= 0xE0000 && each < 0xE1000);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void noAnswerIsLongerThanEightKilobytes(LogPart part) {
    byte[] noise = new byte[300_000];
    new java.util.Random(7).nextBytes(noise);
    LogPicker picker = part.picker();
    picker.take(Stream.STDOUT, noise);
    picker.take(Stream.STDERR, ("e日\n".repeat(100_000)).getBytes(UTF_8));
    assertThat(picker.text().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(8_192);
  }

  private static String read(LogPart part, String output) {
    LogPicker picker = part.picker();
    take(picker, output);
    return picker.text();
  }

  private static void take(LogPicker picker, String output) {
    byte[] bytes = output.getBytes(UTF_8);
    for (int begin = 0; begin < bytes.length && !picker.isFull(); begin += 777) {
      picker.take(
          Stream.STDOUT,
          java.util.Arrays.copyOfRange(bytes, begin, Math.min(bytes.length, begin + 777)));
    }
  }
}
