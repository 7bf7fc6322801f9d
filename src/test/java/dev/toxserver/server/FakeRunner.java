package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands for the runner: notes its orders, and publishes what a test wants published. */
public final class FakeRunner {
  private final Vertx vertx;
  private final MessageConsumer<JsonObject> starts;
  private final BlockingQueue<JsonObject> started = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
  private final BlockingQueue<Message<JsonObject>> inputs = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonObject> sizes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();
  private String deployment;

  public FakeRunner(Vertx vertx) {
    this.vertx = vertx;
    starts = vertx.eventBus().consumer(RunnerAddresses.LOCAL.start());
    starts.handler(
        message -> {
          started.add(message.body());
          message.reply(new JsonObject());
        });
    vertx
        .eventBus()
        .<JsonObject>consumer(
            RunnerAddresses.LOCAL.acknowledge(),
            message -> acknowledged.add(message.body().getLong("seq")));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            RunnerAddresses.LOCAL.cancel(),
            message -> cancelled.add(message.body().getString("id")));
    vertx.eventBus().<JsonObject>consumer(RunnerAddresses.LOCAL.input(), inputs::add);
    vertx
        .eventBus()
        .<JsonObject>consumer(RunnerAddresses.LOCAL.resize(), message -> sizes.add(message.body()));
  }

  /** Deploys a server on a free port, which it returns. */
  public int deployServer(int jobs, int queueLimit) throws Exception {
    return deploy(TestConfig.server(Optional.empty(), jobs, queueLimit)).port();
  }

  public ServerVerticle deploy(ServerConfig config) throws Exception {
    ServerVerticle server = new ServerVerticle(config);
    deployment = await(vertx.deployVerticle(server));
    return server;
  }

  /** Ends the server that was deployed last. */
  public void undeploy() throws Exception {
    await(vertx.undeploy(deployment));
  }

  public JsonObject nextStart() throws InterruptedException {
    return started.poll(30, TimeUnit.SECONDS);
  }

  /** How many orders to start were not yet looked at. */
  int starts() {
    return started.size();
  }

  public String nextCancel() throws InterruptedException {
    return cancelled.poll(30, TimeUnit.SECONDS);
  }

  /** The next input of a run, which the test answers. */
  public Message<JsonObject> nextInput() throws InterruptedException {
    return inputs.poll(30, TimeUnit.SECONDS);
  }

  /** How much input was not yet looked at. */
  public int inputs() {
    return inputs.size();
  }

  public JsonObject nextSize() throws InterruptedException {
    return sizes.poll(30, TimeUnit.SECONDS);
  }

  /** Publishes output from one place to another, which is not among them. */
  public void output(String id, long from, long to, int bytes) {
    for (long seq = from; seq < to; seq++) {
      publish(id, new RunEvent.Output(seq, Stream.STDOUT, new byte[bytes]));
    }
  }

  public void publish(String id, RunEvent event) {
    vertx.eventBus().publish(Addresses.output(new RunId(id)), RunEventJson.encode(event));
  }

  /** Waits until the server says that a run may go on behind an event. */
  public void awaitAcknowledge(long seq) throws InterruptedException {
    Long last = acknowledged.poll(30, TimeUnit.SECONDS);
    while (last == null || last < seq) {
      if (last == null) {
        throw new AssertionError(seq + " was not acknowledged");
      }
      last = acknowledged.poll(30, TimeUnit.SECONDS);
    }
  }

  /** What was acknowledged and not yet waited for. */
  public List<Long> acknowledged() {
    return List.copyOf(acknowledged);
  }

  public boolean wasCancelled() {
    return !cancelled.isEmpty();
  }

  public void exit(String id, long seq, int returncode) {
    publish(id, new RunEvent.Exit(seq, returncode, false, Optional.empty()));
  }

  public void leave() {
    starts.unregister();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
