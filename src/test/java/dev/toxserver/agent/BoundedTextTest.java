package dev.toxserver.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedTextTest {
  @Test
  void whatDoesNotFitIsCountedIfThereIsRoomAndTheBoundHoldsInAnyCase() {
    List<String> entries = Collections.nCopies(7, "tests/test_a.py:1: a");
    for (int most = 0; most < 300; most++) {
      BoundedText text = new BoundedText(most);
      text.addFirst(entries, 1_000, "places where something is wrong", most);

      assertThat(text.toString().length()).isLessThanOrEqualTo(most);
      if (most >= 50) {
        assertThat(text.toString())
            .containsPattern("(?m)^(and )?\\d+ (more )?places where something is wrong\n\\z");
      }
    }
  }
}
