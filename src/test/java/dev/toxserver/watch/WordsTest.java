package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void blanksPartWordsUnlessTheyStandInQuotes() {
    assertThat(Words.of("  -k  'a or b' x\"y z\"' '")).containsExactly("-k", "a or b", "xy z ");
    assertThat(Words.of("''")).containsExactly("");
    assertThat(Words.of("'never closed")).containsExactly("never closed");
    assertThat(Words.of("  ")).isEmpty();
  }
}
