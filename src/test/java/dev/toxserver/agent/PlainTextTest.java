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
}
