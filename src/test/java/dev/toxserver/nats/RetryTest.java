package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.HandClock;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final HandClock clock = new HandClock();
  private int attempts;

  private Future<Integer> succeedingAt(int last) {
    return ++attempts < last ? Future.failedFuture("away") : Future.succeededFuture(attempts);
  }

  private Future<Integer> retry(int last) {
    return Retry.until(clock.vertx(), 500, () -> succeedingAt(last), failure -> attempts == 50_000);
  }

  @Test
  void whatSucceedsAtOnceIsDoneOnce() {
    assertThat(retry(1).result()).isEqualTo(1);
    assertThat(clock.timers()).isZero();
  }

  @Test
  void thereIsAPauseBeforeEachAttemptButTheFirst() {
    Future<Integer> done = retry(3);
    clock.advance(999);
    assertThat(attempts).isEqualTo(2);
    clock.advance(1);
    assertThat(done.result()).isEqualTo(3);
  }

  @Test
  void theEndOfHoursOfAttemptsFitsOnAnyStack() {
    Future<Integer> done = retry(40_000);
    clock.advance(40_000 * 500L);
    assertThat(done.result()).isEqualTo(40_000);
  }

  @Test
  void aFailureThatIsFinalEndsIt() {
    Future<Integer> done = retry(Integer.MAX_VALUE);
    clock.advance(60_000 * 500L);
    assertThat(done.cause()).hasMessage("away");
    assertThat(attempts).isEqualTo(50_000);
    assertThat(clock.timers()).isZero();
  }
}
