package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Its timers are the test's, but the time of which it has heard nothing is real. */
class ReadTimeoutTest {
  private static final double SECONDS = 0.05;

  private final HandClock clock = new HandClock();
  private int timeouts;
  private final ReadTimeout timeout = new ReadTimeout(clock.vertx(), SECONDS, () -> timeouts++);

  @Test
  void itGoesOffOnceAfterTheTimeAndOneTurnMore() {
    silence();
    look();
    assertThat(timeouts).as("what is there unread has a turn to be read").isZero();
    look();
    assertThat(timeouts).isOne();
    clock.advance(1_000);
    assertThat(timeouts).isOne();
  }

  @Test
  void whatIsReadInThatTurnPutsItOff() {
    silence();
    look();
    timeout.heard();
    look();
    assertThat(timeouts).isZero();
    assertThat(clock.untilNext()).isBetween(1L, 51L);
  }

  @Test
  void beforeTheTimeIsOverItOnlyLooksAgain() {
    ReadTimeout long_ = new ReadTimeout(clock.vertx(), 3_600, () -> timeouts += 100);
    clock.advance(3_600_001);
    assertThat(timeouts).isLessThan(100);
    long_.stop();
  }

  @Test
  void whileNothingIsReadSilenceMeansNothing() {
    timeout.suspend();
    silence();
    look();
    assertThat(clock.untilNext()).as("the whole time").isBetween(50L, 51L);
    look();
    assertThat(timeouts).isZero();
  }

  @Test
  void aSuspensionInTheLastTurnCountsToo() {
    silence();
    look();
    timeout.suspend();
    look();
    assertThat(timeouts).isZero();
  }

  @Test
  void afterASuspensionItHasItsWholeTimeAgain() {
    timeout.suspend();
    silence();
    timeout.resume();
    look();
    assertThat(clock.untilNext()).as("more than one turn").isGreaterThan(1);
    silence();
    look();
    look();
    assertThat(timeouts).isOne();
  }

  @Test
  void anotherConnectionEndsASuspensionAndChangesNothingElse() {
    timeout.suspend();
    silence();
    timeout.endSuspension();
    look();
    assertThat(clock.untilNext()).isGreaterThan(1);
    silence();
    timeout.endSuspension();
    look();
    look();
    assertThat(timeouts).isOne();
  }

  @Test
  void onceStoppedItNeverGoesOff() {
    timeout.stop();
    timeout.resume();
    silence();
    clock.advance(1_000);
    assertThat(timeouts).isZero();
    assertThat(clock.timers()).isZero();
  }

  /** Lets the next timer go off. */
  private void look() {
    clock.advance(clock.untilNext());
  }

  /** Lets more time pass than is accepted. */
  private static void silence() {
    long since = System.nanoTime();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> System.nanoTime() - since > SECONDS * 1.2e9);
  }
}
