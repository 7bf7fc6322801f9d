package dev.toxserver.runner.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.ClientConfigs;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.link.ServerConnection;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a runner comes back to its server, whatever happened meanwhile. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class HubReturnTest {
  private static final RunnerName NAME = new RunnerName("r1");

  @Test
  void whatWasNoticedWhileTheServerWasAwayItIsToldWhereItBelongs(Vertx vertx) throws Exception {
    RunnerAddresses addresses = new RunnerAddresses(NAME);
    RunId id = new RunId("a");
    JsonObject notice = RunEventJson.encode(new RunEvent.Notice("spared"));
    JsonObject exit = RunEventJson.encode(new RunEvent.Exit(0, 0, false, Optional.empty()));
    CountDownLatch started = new CountDownLatch(1);
    vertx.eventBus().consumer(addresses.start(), order -> started.countDown());
    try (Hub hub = new Hub(addresses)) {
      AtomicInteger made = new AtomicInteger();
      deploy(vertx, hub, made::set);
      hub.joined();
      hub.welcome(Map.of());
      hub.start("a", "true");
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      hub.peer().goAway();
      hub.peer().hangUp();
      await().atMost(Duration.ofSeconds(30)).until(() -> made.get() == 2);

      vertx.eventBus().publish(Addresses.output(id), notice);
      vertx.eventBus().publish(Addresses.output(id), exit);

      hub.peer().comeBack();
      hub.joined();
      hub.welcome(Map.of(id, 0L));
      assertThat(hub.event("a")).isEqualTo(notice);
      assertThat(hub.event("a")).isEqualTo(exit);
    }
  }

  /** Two of one id would publish as one, and a cancel would mean both. */
  @Test
  void aRunWhoseIdAnEarlierOneStillHasBeginsWhenThatHasEnded(Vertx vertx) throws Exception {
    RunnerAddresses addresses = new RunnerAddresses(NAME);
    RunId id = new RunId("a");
    Semaphore started = new Semaphore(0);
    Semaphore cancelled = new Semaphore(0);
    vertx.eventBus().consumer(addresses.start(), order -> started.release());
    vertx.eventBus().consumer(addresses.cancel(), order -> cancelled.release());
    try (Hub hub = new Hub(addresses)) {
      deploy(vertx, hub, number -> {});
      hub.joined();
      hub.welcome(Map.of());
      hub.start("a", "true");
      acquire(started);
      hub.peer().hangUp();
      hub.joined();
      hub.welcome(Map.of());
      acquire(cancelled);

      hub.start("a", "true");
      hub.start("b", "true");
      acquire(started);
      assertThat(started.tryAcquire()).as("that was b").isFalse();
      vertx
          .eventBus()
          .publish(
              Addresses.output(id),
              RunEventJson.encode(new RunEvent.Exit(0, 130, true, Optional.empty())));

      acquire(started);
    }
  }

  private static void acquire(Semaphore semaphore) throws InterruptedException {
    assertThat(semaphore.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whereAFileForTlsCanNotBeReadJustThenItTriesAgain(Vertx vertx) throws Exception {
    try (Hub hub = new Hub(new RunnerAddresses(NAME))) {
      AtomicInteger made = new AtomicInteger();
      deploy(
          vertx,
          hub,
          number -> {
            made.set(number);
            if (number == 2 || number == 3) {
              throw new InvalidSettingException("--tls-ca: ca.pem can't be read");
            }
          });
      String session = hub.joined().session();
      hub.welcome(Map.of());

      hub.peer().hangUp();

      assertThat(hub.joined().session()).isEqualTo(session);
      assertThat(made).hasValue(4);
    }
  }

  /** Deploys a runner that tells the number of each link before it is made. */
  private static void deploy(Vertx vertx, Hub hub, IntConsumer beforeLink) throws Exception {
    AtomicInteger made = new AtomicInteger();
    HubVerticle runner =
        new HubVerticle(
            at -> {
              beforeLink.accept(made.incrementAndGet());
              return new ServerConnection(at, ClientConfigs.at("127.0.0.1", hub.peer().port()));
            },
            "here",
            new Offer(NAME, "test", new Labels(List.of()), 1, 65_536, 0),
            60_000);
    vertx.deployVerticle(runner).await(30, TimeUnit.SECONDS);
  }
}
