package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WindowTest {
  private final Window window = new Window(100);

  @Test
  void aReaderWaitsUntilSoMuchIsFree() throws Exception {
    window.acquire(60);
    window.acquire(40);
    Taker taker = new Taker(50);
    taker.awaitBlocked();

    window.release(40);
    taker.awaitBlocked();
    assertThat(taker.taken).isNotDone();

    window.release(60);
    taker.taken.get(5, TimeUnit.SECONDS);
  }

  @Test
  void aChunkLargerThanTheWindowIsTakenWhenNothingElseIsUnderWay() throws Exception {
    window.acquire(1_000);
    Taker taker = new Taker(1);
    taker.awaitBlocked();

    window.release(1_000);
    taker.taken.get(5, TimeUnit.SECONDS);
  }

  @Test
  void aChunkLargerThanTheWindowWaitsForAllOfIt() throws Exception {
    window.acquire(1);
    Taker taker = new Taker(1_000);
    taker.awaitBlocked();

    window.release(1);
    taker.taken.get(5, TimeUnit.SECONDS);
  }

  @Test
  void anOpenWindowHoldsUpNobody() throws Exception {
    window.acquire(100);
    Taker taker = new Taker(100);
    taker.awaitBlocked();

    window.open();
    taker.taken.get(5, TimeUnit.SECONDS);
    window.acquire(1_000);
  }

  @Test
  void aWaitingReaderCanBeInterrupted() throws Exception {
    window.acquire(100);
    Taker taker = new Taker(1);
    taker.awaitBlocked();

    taker.thread.interrupt();

    assertThat(taker.taken).failsWithin(5, TimeUnit.SECONDS);
  }

  @Test
  void smallChunksCostMoreThanTheirBytes() {
    assertThat(Window.cost(new byte[0])).isPositive();
    assertThat(Window.cost(new byte[1_000])).isGreaterThan(1_000);
  }

  /** Takes from the window on a thread of its own. */
  private final class Taker {
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    private final Thread thread;

    Taker(int bytes) {
      thread =
          new Thread(
              () -> {
                try {
                  window.acquire(bytes);
                  taken.complete(null);
                } catch (InterruptedException e) {
                  taken.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    /** Returns once it waits; the class's deadline interrupts a wait in vain. */
    void awaitBlocked() {
      while (thread.getState() != Thread.State.WAITING) {
        assertThat(taken).as("has taken without waiting").isNotDone();
        assertThat(Thread.interrupted()).as("out of time").isFalse();
        Thread.onSpinWait();
      }
    }
  }
}
