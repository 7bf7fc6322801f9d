package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerNotice;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands for the runner: notes its orders, and publishes what a test wants published. */
final class FakeRunner {
  private final Vertx vertx;
  private final MessageConsumer<JsonObject> starts;
  private final BlockingQueue<JsonObject> started = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

  FakeRunner(Vertx vertx) {
    this.vertx = vertx;
    starts = vertx.eventBus().consumer(Addresses.RUNNER_START);
    starts.handler(
        message -> {
          started.add(message.body());
          message.reply(new JsonObject());
        });
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.RUNNER_CANCEL, message -> cancelled.add(message.body().getString("id")));
  }

  /** Deploys a server on a free port, which it returns. */
  int deployServer(int jobs, int queueLimit) throws Exception {
    ServerVerticle server =
        new ServerVerticle(TestConfig.server(Optional.empty(), jobs, queueLimit));
    vertx
        .deployVerticle(server)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    return server.port();
  }

  JsonObject nextStart() throws InterruptedException {
    return started.poll(30, TimeUnit.SECONDS);
  }

  String nextCancel() throws InterruptedException {
    return cancelled.poll(30, TimeUnit.SECONDS);
  }

  /** Waits until the server has taken it in. */
  void tellEnded(String id) throws Exception {
    vertx
        .eventBus()
        .request(Addresses.RUNNER_ENDED, new RunnerNotice(new RunId(id)).toJson())
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  void exit(String id, long seq, int returncode) {
    RunEvent exit = new RunEvent.Exit(seq, returncode, false, Optional.empty());
    vertx.eventBus().publish(Addresses.output(new RunId(id)), RunEventJson.encode(exit));
  }

  void leave() {
    starts.unregister();
  }
}
