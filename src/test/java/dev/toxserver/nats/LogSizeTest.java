package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogSizeTest {
  private final LogSize size = new LogSize(1_600);

  @Test
  void whatFitsStays() {
    for (int i = 0; i < 16; i++) {
      assertThat(size.add(i, 100)).isZero();
    }
  }

  @Test
  void theOldestGoInPieces() {
    for (int i = 0; i < 16; i++) {
      size.add(i, 100);
    }

    assertThat(size.add(16, 100)).isEqualTo(1);
    assertThat(size.add(17, 5)).isEqualTo(2);
    assertThat(size.add(18, 5)).isEqualTo(2);
  }

  @Test
  void ofSmallMessagesManyAreAPiece() {
    long first = 0;
    for (int i = 0; i < 1_000; i++) {
      first = size.add(i, 10);
    }

    assertThat(first).isBetween(830L, 850L).isEqualTo(first / 10 * 10);
  }

  @Test
  void theNewestStaysHoweverLargeItIs() {
    size.add(0, 100);

    assertThat(size.add(1, 9_000)).isEqualTo(1);
    assertThat(size.add(2, 9_000)).isEqualTo(2);
  }
}
