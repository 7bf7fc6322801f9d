package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes the server's orders and carries out runs: as many at once as it is told to start.
 *
 * <p>Each run is a {@link ToxRun}, whose state belongs to this verticle's context.
 */
public final class ToxRunnerVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(ToxRunnerVerticle.class.getName());

  private final RunnerAddresses addresses;
  private final RunnerConfig config;
  private final Map<RunId, ToxRun> runs = new HashMap<>();
  private final Tee tee;
  private Launcher launcher;
  private Guardian guardian;
  private Workers workers;

  /**
   * A runner that starts the configured program.
   *
   * @param addresses where it takes its orders
   */
  public ToxRunnerVerticle(RunnerAddresses addresses, RunnerConfig config) {
    this.addresses = addresses;
    this.config = config;
    this.tee = config.tee() ? Tee.toOwnStreams() : Tee.NONE;
  }

  @Override
  public Future<?> start() {
    workers = new Workers(vertx);
    return workers
        .run(
            () -> {
              Launcher.requireShell(config);
              guardian = Guardian.start();
              launcher = Launcher.probe(config, guardian);
              return launcher;
            })
        .onSuccess(
            ready -> {
              ready
                  .missingProgram()
                  .ifPresent(why -> LOG.log(Level.WARNING, "Every run will fail: {0}", why));
              vertx.eventBus().consumer(addresses.start(), this::startRun);
              vertx.eventBus().consumer(addresses.cancel(), this::cancelRun);
              vertx.eventBus().consumer(addresses.acknowledge(), this::acknowledge);
              vertx.eventBus().consumer(addresses.input(), this::takeInput);
              vertx.eventBus().consumer(addresses.resize(), this::resize);
            });
  }

  @Override
  public Future<?> stop() {
    return Future.join(runs.values().stream().map(ToxRun::cancel).toList())
        .compose(ended -> workers.run(guardian::dismiss))
        .onComplete(dismissed -> workers.close());
  }

  private void startRun(Message<JsonObject> message) {
    RunnerOrder.Start order = RunnerOrderJson.decodeStart(message.body());
    RunId id = order.request().id();
    ToxRun run = new ToxRun(vertx, config, launcher, workers, tee, order, this::publish);
    runs.put(id, run);
    run.ended().onComplete(ended -> runs.remove(id));
    run.start();
    message.reply(new JsonObject());
  }

  private void cancelRun(Message<JsonObject> message) {
    ToxRun run = runs.get(RunnerOrderJson.decodeCancel(message.body()).id());
    if (run != null) {
      run.cancel();
    }
  }

  private void acknowledge(Message<JsonObject> message) {
    RunnerOrder.Acknowledge order = RunnerOrderJson.decodeAcknowledge(message.body());
    ToxRun run = runs.get(order.id());
    if (run != null) {
      run.acknowledge(order.seq());
    }
  }

  private void takeInput(Message<JsonObject> message) {
    InputRequest input = RunnerOrderJson.decodeInput(message.body()).request();
    ToxRun run = runs.get(input.id());
    if (run == null) {
      message.fail(ErrorCode.NOT_FOUND.number(), "id: the run has ended");
      return;
    }
    run.take(input)
        .onSuccess(offset -> message.reply(ReplyJson.encode(new Reply.InputTaken(offset))))
        .onFailure(
            failure -> {
              ReplyException refused = (ReplyException) failure;
              message.fail(refused.failureCode(), refused.getMessage());
            });
  }

  private void resize(Message<JsonObject> message) {
    Request.Resize resize = RunnerOrderJson.decodeResize(message.body()).request();
    ToxRun run = runs.get(resize.id());
    if (run != null) {
      run.resize(resize.size());
    }
  }

  private void publish(RunId id, RunEvent event) {
    vertx.eventBus().publish(Addresses.output(id), RunEventJson.encode(event));
  }
}
