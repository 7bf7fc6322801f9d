package dev.toxserver.runner.placed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A runner that has a run, and may be given another, while nobody answers it. */
@ExtendWith(VertxExtension.class)
class LeavingTest {
  private static final RunnerName NAME = new RunnerName("r1");
  private static final RunId A = new RunId("a");

  private final Leaving leaving =
      new Leaving(new Offer(NAME, "1", Labels.NONE, 1, 1 << 20, 60_000));
  private Context context;
  private PlacedRuns runs;

  /** A server that is not there. */
  private static final class NobodyThere implements PlacedRuns.Hub {
    @Override
    public boolean isJoined() {
      return false;
    }

    @Override
    public void send(RunId run, JsonObject event) {
      throw new AssertionError("nobody is there");
    }

    @Override
    public void answer(JsonObject frame) {
      throw new AssertionError("nobody has asked");
    }
  }

  @Test
  void whoIsAskedTwiceDoesNotWaitForWhatMayStillCome(Vertx vertx) throws Exception {
    onContext(vertx, () -> begin(vertx));
    onContext(vertx, () -> leaving.signalled(runs, true, () -> {}));
    onContext(vertx, () -> leaving.signalled(runs, true, () -> {}));
    assertThat(leaving.left().isComplete()).isFalse();

    end(vertx);

    assertThat(leaving.left().await(30, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void whoIsAskedOnceDoes(Vertx vertx) throws Exception {
    onContext(vertx, () -> begin(vertx));
    onContext(vertx, () -> leaving.signalled(runs, true, () -> {}));

    end(vertx);
    assertThat(leaving.left().isComplete()).isFalse();

    onContext(vertx, () -> leaving.check(runs, false));
    assertThat(leaving.left().await(30, TimeUnit.SECONDS)).isEmpty();
  }

  private void begin(Vertx vertx) {
    RunnerAddresses addresses = new RunnerAddresses(NAME);
    vertx.eventBus().localConsumer(addresses.start(), started -> {});
    vertx.eventBus().localConsumer(addresses.cancel(), cancelled -> {});
    runs = new PlacedRuns(vertx, addresses, new NobodyThere(), () -> leaving.check(runs, true));
    Request.Run request =
        new Request.Run(A, new Invocation(List.of()), Optional.empty(), false, Optional.empty());
    RunnerOrder.Start order = new RunnerOrder.Start(request, 0).placedAs("one");
    runs.start(order, RunnerOrderJson.encode(order));
  }

  private void end(Vertx vertx) throws Exception {
    onContext(vertx, runs::abandonAll);
    RunEvent exit = new RunEvent.Exit(0, 130, true, Optional.empty());
    vertx.eventBus().publish(Addresses.output(A), RunEventJson.encode(exit));
    await().until(runs::isEmpty);
  }

  private void onContext(Vertx vertx, Runnable action) throws Exception {
    Promise<Void> done = Promise.promise();
    context = context == null ? vertx.getOrCreateContext() : context;
    context.runOnContext(
        here -> {
          action.run();
          done.complete();
        });
    done.future().await(30, TimeUnit.SECONDS);
  }
}
