package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.FakeWire;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What follows from what readers say, and from what they do not. */
@ExtendWith(VertxExtension.class)
class AcknowledgementsTest {
  private static final RunId RUN = new RunId("a");

  private final Connections connections = new Connections();
  private final FakeWire wire = new FakeWire();
  private final Connection fast = reader(new FakeWire());
  private final Connection slow = reader(wire);
  private final Set<Connection> waitedFor = new HashSet<>(Set.of(fast, slow));
  private final Semaphore progress = new Semaphore(0);
  private Acknowledgements acknowledgements;

  @BeforeEach
  void make(Vertx vertx) {
    patient(vertx, 60_000);
  }

  @Test
  void aRunThatNobodySpeaksOfIsTakenAsFarAsItIs() {
    assertThat(acknowledgements.upTo(7)).isEqualTo(7);
  }

  @Test
  void theSlowestSetsThePace() {
    acknowledgements.add(fast, 5);
    acknowledgements.add(slow, 3);
    assertThat(acknowledgements.upTo(7)).isEqualTo(3);
    acknowledgements.add(slow, 6);
    assertThat(acknowledgements.upTo(7)).isEqualTo(5);
  }

  @Test
  void nobodyHasTakenMoreThanThereIsAndNothingThatWasTakenIsTakenBack() {
    acknowledgements.add(slow, 9);
    acknowledgements.add(slow, 2);
    assertThat(acknowledgements.upTo(7)).isEqualTo(7);
    assertThat(acknowledgements.upTo(10)).isEqualTo(9);
  }

  @Test
  void eachWordMayLetTheRunGoOn() {
    acknowledgements.add(slow, 1);
    acknowledgements.add(slow, 2);
    assertThat(progress.availablePermits()).isEqualTo(2);
  }

  @Test
  void howeverOftenAReaderAcknowledgesItIsNotedOnce() {
    for (int n = 0; n < 1_000; n++) {
      acknowledgements.add(slow, n);
    }
    assertThat(slow.closeListeners()).isEqualTo(1);
  }

  @Test
  void whoLeavesLetsTheRunGoOn() {
    acknowledgements.add(fast, 5);
    acknowledgements.add(slow, 3);
    progress.drainPermits();
    wire.close();
    assertThat(progress.availablePermits()).isEqualTo(1);
    assertThat(acknowledgements.upTo(7)).isEqualTo(5);
  }

  @Test
  void whoReadsTheRunNoMoreIsForgotten() {
    acknowledgements.add(slow, 3);
    assertThat(slow.closeListeners()).isEqualTo(1);
    slow.subscriptions().unfollow(RUN);
    assertThat(acknowledgements.upTo(7)).isEqualTo(7);
    assertThat(slow.closeListeners()).isZero();
  }

  @Test
  void whatOneSaysThatIsNotWaitedForCountsForNothing() {
    acknowledgements.add(fast, 5);
    acknowledgements.add(slow, 3);
    waitedFor.remove(slow);
    assertThat(acknowledgements.upTo(7)).isEqualTo(5);
    assertThat(slow.closeListeners()).isZero();
  }

  @Test
  void whoSaysMoreInTimeIsNotCutOffButJudgedAnew(Vertx vertx) throws Exception {
    patient(vertx, 1);
    acknowledgements.add(slow, 3);
    assertThat(acknowledgements.upTo(7)).isEqualTo(3);
    acknowledgements.add(slow, 7);
    awaitProgress(3);
    assertThat(acknowledgements.upTo(7)).isEqualTo(7);
  }

  @Test
  void whoSaysNoMoreIsCutOff(Vertx vertx) throws Exception {
    patient(vertx, 1);
    acknowledgements.add(slow, 3);
    assertThat(acknowledgements.upTo(7)).isEqualTo(3);
    // One word was heard, the other is that it has gone.
    awaitProgress(2);
    assertThat(wire.wasEvicted()).isTrue();
    assertThat(acknowledgements.upTo(7)).isEqualTo(7);
  }

  @Test
  void onceTheRunHasEndedNobodyIsWaitedFor(Vertx vertx) throws Exception {
    patient(vertx, 100);
    acknowledgements.add(slow, 3);
    assertThat(acknowledgements.upTo(7)).isEqualTo(3);
    acknowledgements.close();
    assertThat(slow.closeListeners()).isZero();
    progress.drainPermits();
    // Behind what the patience has come to an end for.
    vertx.timer(200).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(progress.availablePermits()).isZero();
  }

  private void awaitProgress(int times) throws InterruptedException {
    assertThat(progress.tryAcquire(times, 30, TimeUnit.SECONDS)).isTrue();
  }

  private void patient(Vertx vertx, long millis) {
    acknowledgements =
        new Acknowledgements(vertx, RUN, waitedFor::contains, reader -> millis, progress::release);
  }

  private Connection reader(FakeWire wire) {
    Connection reader = wire.connectTo(connections);
    reader.subscriptions().follow(RUN, () -> {});
    return reader;
  }
}
