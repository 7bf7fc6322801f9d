package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogSizeTest {
  private final LogSize size = new LogSize();

  @BeforeEach
  void keepSome() {
    size.keep(1_600);
    size.read(Long.MAX_VALUE);
  }

  @Test
  void whatFitsStays() {
    for (int i = 0; i < 16; i++) {
      assertThat(add(i, 100)).isZero();
    }
  }

  @Test
  void theOldestGoInPieces() {
    for (int i = 0; i < 16; i++) {
      add(i, 100);
    }

    assertThat(add(16, 100)).isEqualTo(1);
    assertThat(add(17, 5)).isEqualTo(2);
    assertThat(add(18, 5)).isEqualTo(2);
  }

  @Test
  void ofSmallMessagesManyAreAPiece() {
    long first = 0;
    for (int i = 0; i < 1_000; i++) {
      first = add(i, 10);
    }

    assertThat(first).isBetween(830L, 850L).isEqualTo(first / 10 * 10);
  }

  @Test
  void theNewestStaysHoweverLargeItIs() {
    add(0, 100);

    assertThat(add(1, 9_000)).isEqualTo(1);
    assertThat(add(2, 9_000)).isEqualTo(2);
  }

  @Test
  void aLogThatIsToKeepLessThanBeforeHasSmallPieces() {
    LogSize large = new LogSize();
    large.keep(64 << 20);
    large.read(Long.MAX_VALUE);
    for (int i = 0; i < 100; i++) {
      large.add(i, i, 100 * 1024);
    }
    assertThat(large.first()).isZero();

    large.keep(1 << 20);
    assertThat(large.first()).isBetween(88L, 90L);
  }

  @Test
  void ofAVeryLargeLogTheOldestAreAskedForASixteenthAtATime() {
    LogSize large = new LogSize();
    large.keep(64 << 20);
    large.read(Long.MAX_VALUE);
    long asked = 0;
    long first = 0;
    for (int i = 0; i < 2_000; i++) {
      large.add(i, i, 100 * 1024);
      if (large.first() > first) {
        first = large.first();
        asked++;
      }
    }

    assertThat(asked).isBetween(25L, 40L);
  }

  @Test
  void whatNobodyHasReadStaysHoweverLongTheLogIs() {
    LogSize unread = new LogSize();
    unread.keep(1_600);
    for (int i = 0; i < 100; i++) {
      unread.add(i, 10 * i, 100);
    }
    assertThat(unread.first()).isZero();

    unread.read(198);
    assertThat(unread.first()).isEqualTo(19);
    unread.read(199);
    assertThat(unread.first()).isEqualTo(20);
    unread.read(10_000);
    assertThat(unread.first()).isEqualTo(84);
  }

  private long add(long index, long bytes) {
    size.add(index, index, bytes);
    return size.first();
  }
}
