package dev.toxserver.server.shared;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.runner.nats.NatsVerticle;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A runner with real programs, shells, that pulls its runs over a real NATS. */
final class PullingRunner implements AutoCloseable {
  private static final int WINDOW = 65_536;
  private static final int GRACE_MILLIS = 500;

  private final Vertx vertx = Vertx.vertx();
  private final NatsVerticle verticle;

  /** Starts it; it may not have joined yet. */
  PullingRunner(NatsConfig nats, String name, int capacity, Labels labels, long graceMillis)
      throws Exception {
    this(nats, name, capacity, labels, graceMillis, GRACE_MILLIS);
  }

  /**
   * The same.
   *
   * @param stopMillis how long a program is left alone after each signal that it is to end
   */
  PullingRunner(
      NatsConfig nats, String name, int capacity, Labels labels, long graceMillis, int stopMillis)
      throws Exception {
    RunnerConfig config =
        new RunnerConfig(
            "sh",
            System.getenv(),
            false,
            stopMillis,
            stopMillis,
            WINDOW,
            AllowedVariables.ALL,
            false);
    RunnerName runner = new RunnerName(name);
    this.verticle =
        new NatsVerticle(
            nats,
            new Offer(
                runner,
                SharedHub.VERSION,
                labels,
                capacity,
                WINDOW,
                config.goneMillis(graceMillis)),
            graceMillis);
    vertx
        .deployVerticle(new ToxRunnerVerticle(new RunnerAddresses(runner), config))
        .compose(ready -> vertx.deployVerticle(verticle))
        .await(30, TimeUnit.SECONDS);
  }

  /** The same with a grace that is long. */
  PullingRunner(NatsConfig nats, String name, int capacity, Labels labels) throws Exception {
    this(nats, name, capacity, labels, 60_000);
  }

  /** A run of a shell whose client waits for it. */
  static Request.Run run(String id, Labels on, String script) {
    return run(id, on, script, false);
  }

  /** One whose client does not. */
  static Request.Run detached(String id, String script) {
    return run(id, Labels.NONE, script, true);
  }

  private static Request.Run run(String id, Labels on, String script, boolean detached) {
    return new Request.Run(
        new RunId(id),
        new Invocation(List.of("-c", script)).on(on),
        Optional.empty(),
        detached,
        Optional.empty());
  }

  void signal() {
    verticle.signalled();
  }

  boolean hasLeft() {
    return verticle.left().isComplete();
  }

  /** Why it has left, if it was refused. */
  Optional<String> refusal() throws Exception {
    return verticle.left().await(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(30, TimeUnit.SECONDS);
  }
}
