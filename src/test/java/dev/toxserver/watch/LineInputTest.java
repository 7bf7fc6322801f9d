package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineInputTest {
  private final LineInput line = new LineInput();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void whatIsTypedIsShownAndTakenAtTheReturnKey() {
    type("pÿ\t");
    assertThat(line.isDone()).isFalse();
    type("\r");
    assertThat(line.isDone()).isTrue();
    assertThat(line.line()).contains("pÿ");
    assertThat(shown()).isEqualTo("pÿ");
  }

  @Test
  void aCharacterIsRubbedOutWholeAndTheLineByOneKey() {
    type("aÿ\177b");
    assertThat(shown()).isEqualTo("aÿ\b \bb");
    type("\025c\r");
    assertThat(shown()).isEqualTo("aÿ\b \bb\b \b\b \bc");
    assertThat(line.line()).contains("c");
  }

  @Test
  void nothingIsRubbedOutBeforeTheBeginning() {
    type("\177\b\r");
    assertThat(shown()).isEmpty();
    assertThat(line.line()).contains("");
  }

  @Test
  void theEscapeKeyGivesItUp() {
    type("ab\033");
    assertThat(line.isDone()).isTrue();
    assertThat(line.line()).isEmpty();
  }

  @Test
  void aLineIsNoLongerThanAThousandBytes() {
    type("x".repeat(2_000) + "\r");
    assertThat(line.line().orElseThrow()).hasSize(1_000);
  }

  private void type(String keys) {
    for (byte key : keys.getBytes(StandardCharsets.UTF_8)) {
      shown.writeBytes(line.type(key));
    }
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}
