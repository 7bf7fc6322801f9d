package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By a clock that is moved by hand: the burst is asked whenever it moves. */
@Timeout(30)
class BurstTest {
  private static final Path A = Path.of("a");
  private static final Path B = Path.of("b");

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final AtomicBoolean gitIsWriting = new AtomicBoolean();
  private final Burst burst = new Burst(gitIsWriting::get, clock::get);

  @Test
  void savesInQuickSuccessionAreOne() throws Exception {
    burst.add(A);
    clock.addAndGet(Burst.SERIES_MILLIS);
    burst.add(B);
    assertThat(burst.millisLeft()).isEqualTo(Burst.QUIET_MILLIS);
    clock.addAndGet(Burst.QUIET_MILLIS);
    assertThat(burst.take()).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void twentySavesInASecondAreOneThoughTheMachineIsBusy() throws Exception {
    burst.add(A);
    clock.addAndGet(50);
    for (int save = 1; save < 20; save++) {
      burst.add(B);
      clock.addAndGet(save % 5 == 0 ? 150 : 12);
      assertThat(burst.millisLeft()).isPositive();
    }
    clock.addAndGet(Burst.QUIET_AFTER_SERIES_MILLIS);
    assertThat(burst.take()).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void whatIsTakenIsNotTakenAgain() throws Exception {
    burst.add(A);
    clock.addAndGet(Burst.QUIET_MILLIS);
    burst.take();
    burst.add(B);
    clock.addAndGet(Burst.QUIET_MILLIS);
    assertThat(burst.take()).containsExactly(B);
  }

  @Test
  void takingWaitsForTheFirstSave() {
    CompletableFuture<Object> taken = new CompletableFuture<>();
    Thread taker =
        new Thread(
            () -> {
              try {
                taken.complete(new Burst(() -> false, System::currentTimeMillis).take());
              } catch (InterruptedException e) {
                taken.complete("interrupted");
              }
            });
    taker.start();
    taker.interrupt();
    assertThat(taken.join()).isEqualTo("interrupted");
  }

  @Test
  void aBurstWithoutAnEndIsCut() throws Exception {
    burst.add(A);
    for (long passed = 0; passed < Burst.LONGEST_MILLIS; passed += 50) {
      assertThat(burst.millisLeft()).isPositive();
      burst.add(A);
      clock.addAndGet(50);
    }
    assertThat(burst.take()).containsExactly(A);
  }

  @Test
  void gitIsWaitedForButNotForEver() throws Exception {
    gitIsWriting.set(true);
    burst.add(A);
    clock.addAndGet(Burst.GIT_MILLIS - 1);
    assertThat(burst.millisLeft()).isPositive();
    clock.addAndGet(1);
    assertThat(burst.take()).containsExactly(A);
  }

  @Test
  void aBurstEndsAsSoonAsGitHasDone() throws Exception {
    gitIsWriting.set(true);
    burst.add(A);
    clock.addAndGet(Burst.QUIET_MILLIS);
    assertThat(burst.millisLeft()).isPositive();
    gitIsWriting.set(false);
    assertThat(burst.take()).containsExactly(A);
  }

  @Test
  void pathsAreKeptUpToABound() throws Exception {
    for (int number = 0; number < Burst.MOST_PATHS + 10; number++) {
      burst.add(Path.of("file" + number));
    }
    clock.addAndGet(Burst.QUIET_MILLIS);
    assertThat(burst.take()).hasSize(Burst.MOST_PATHS);
  }
}
