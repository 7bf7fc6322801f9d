package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.runner.nats.NatsVerticle;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many runners that want the same runs, whose tickets come to them again and again. */
@Timeout(180)
class ClaimsIT {
  private static final int RUNNERS = 100;
  private static final int RUNS = 1_000;

  /** A ticket is somebody else's again before most claims are answered. */
  private static final long ACK_WAIT_MILLIS = 200;

  @TempDir Path folder;
  private final Vertx runners = Vertx.vertx();
  private final Map<String, Integer> executions = new ConcurrentHashMap<>();
  private final AtomicLong acknowledgements = new AtomicLong();
  private NatsCluster nats;
  private SharedHub one;
  private SharedHub two;

  @AfterEach
  void end() throws Exception {
    runners.close().await(60, TimeUnit.SECONDS);
    one.close();
    two.close();
    nats.close();
  }

  @Test
  void eachRunIsExecutedOnceHoweverOftenItIsPulled() throws Exception {
    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    one = SharedHub.start(nats.config(), "hub-1", this::isAcknowledged);
    two = SharedHub.start(nats.config(), "hub-2", this::isAcknowledged);
    one.redeliverAfter(Labels.NONE, ACK_WAIT_MILLIS);
    two.redeliverAfter(Labels.NONE, ACK_WAIT_MILLIS);
    for (int i = 0; i < RUNNERS; i++) {
      runner("r" + i);
    }

    for (int i = 0; i < RUNS; i++) {
      (i % 2 == 0 ? one : two).ask(run("run-" + i), i % 3 != 0);
    }

    await().atMost(Duration.ofSeconds(60)).until(() -> two.ended() == RUNS);
    assertThat(executions).hasSize(RUNS);
    assertThat(executions.values()).containsOnly(1);
    await().atMost(Duration.ofSeconds(30)).until(() -> one.tickets() == 0);
    assertThat(executions.values()).containsOnly(1);
  }

  /** Two of three are lost. */
  private boolean isAcknowledged() {
    return acknowledgements.incrementAndGet() % 3 == 0;
  }

  /** What it runs ends at once. */
  private void runner(String name) throws Exception {
    RunnerName runner = new RunnerName(name);
    runners
        .eventBus()
        .<JsonObject>localConsumer(new RunnerAddresses(runner).start(), this::execute);
    NatsVerticle verticle =
        new NatsVerticle(
            nats.config(),
            new Offer(runner, SharedHub.VERSION, Labels.NONE, 1, 65_536, 30_000),
            30_000);
    runners.deployVerticle(verticle).await(30, TimeUnit.SECONDS);
  }

  private void execute(Message<JsonObject> message) {
    RunnerOrder.Start order = RunnerOrderJson.decodeStart(message.body());
    RunId id = order.request().id();
    executions.merge(id.value(), 1, Integer::sum);
    runners
        .eventBus()
        .publish(
            Addresses.output(id),
            RunEventJson.encode(new RunEvent.Exit(order.nextSeq(), 0, false, Optional.empty())));
  }

  private static Request.Run run(String id) {
    return new Request.Run(
        new RunId(id), new Invocation(List.of()), Optional.empty(), true, Optional.empty());
  }
}
