package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpacingTest {
  private final Spacing spacing = new Spacing();

  @Test
  void theFirstMessagesGoAtOnce() {
    spacing.sent(millis(0));

    assertThat(spacing.pauseMillis(99, millis(0))).isZero();
  }

  @Test
  void theMoreThereAreTheLongerTheNextWaits() {
    spacing.sent(millis(7));

    assertThat(spacing.pauseMillis(100, millis(7))).isEqualTo(1);
    assertThat(spacing.pauseMillis(5_000, millis(7))).isEqualTo(50);
    assertThat(spacing.pauseMillis(25_000, millis(7))).isEqualTo(250);
    assertThat(spacing.pauseMillis(1_000_000, millis(7))).isEqualTo(250);
  }

  @Test
  void whatHasPassedSinceTheLastCounts() {
    spacing.sent(millis(7));

    assertThat(spacing.pauseMillis(5_000, millis(27))).isEqualTo(30);
  }

  @Test
  void afterAPauseItGoesAtOnce() {
    spacing.sent(millis(7));

    assertThat(spacing.pauseMillis(1_000_000, millis(257))).isZero();
    assertThat(spacing.pauseMillis(1_000_000, millis(9_000))).isZero();
  }

  @Test
  void anHourOfEndlessLinesIsSomeTwentySevenThousand() {
    long now = 0;
    long count = 0;
    while (now < TimeUnit.HOURS.toNanos(1)) {
      spacing.sent(now);
      now +=
          Math.max(millis(spacing.pauseMillis(++count, now)), TimeUnit.MICROSECONDS.toNanos(300));
    }

    assertThat(count).isBetween(25_000L, 28_000L);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
