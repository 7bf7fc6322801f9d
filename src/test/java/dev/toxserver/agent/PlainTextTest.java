package dev.toxserver.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"abcdefghij", "äöüßäöüßäöüß", "……………", "😀😀😀😀", "a😀ä…b😀ä…"})
  void aTextIsCutBetweenTwoCharactersWhateverTheRoom(String text) {
    for (int most = 3; most < 20; most++) {
      byte[] cut = PlainText.cut(text, most).getBytes(StandardCharsets.UTF_8);

      assertThat(cut).hasSizeLessThanOrEqualTo(most);
      assertThat(cut.length)
          .isGreaterThan(Math.min(most, text.getBytes(StandardCharsets.UTF_8).length) - 4);
      assertThat(new String(cut, StandardCharsets.UTF_8)).doesNotContain("\ufffd", "?");
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x1B, 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x202E, 0x2065,
        0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xE0000, 0xE0041, 0xE0080, 0xE0100,
        0xE01F0, 0xE0FFF
      })
  void whatIsNotSeenIsTakenOut(int codePoint) {
    assertThat(PlainText.clean("a" + Character.toString(codePoint) + "b")).isEqualTo("ab");
  }

  /** Java 17 does not know the last one yet. */
  @ParameterizedTest
  @ValueSource(strings = {"äb", "שלום", "한글", "ម", "⠁", "Ａ", "�", "😀", "🫨"})
  void whatIsSeenStays(String text) {
    assertThat(PlainText.clean(text)).isEqualTo(text);
  }
}
