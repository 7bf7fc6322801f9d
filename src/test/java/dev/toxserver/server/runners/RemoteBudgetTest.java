package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.server.door.Budget;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all runs elsewhere together make the server hold. */
@ExtendWith(VertxExtension.class)
class RemoteBudgetTest {
  private static final int KIB = 1024;

  private final Budget budget = new Budget(100 * KIB);
  private final List<String> slow = new ArrayList<>();

  @Test
  void whereTooMuchIsUnderWayOfAllRunsTheReadersOfTheOneGoThatHasHeldSomeForTheLongest() {
    RemoteRun first = run("first");
    RemoteRun second = run("second");
    first.take(0, 40 * KIB);
    second.take(0, 50 * KIB);
    first.take(1, 10 * KIB);
    assertThat(slow).isEmpty();

    second.take(1, KIB);

    assertThat(slow).containsExactly("first");
    assertThat(budget.total()).isEqualTo(51 * KIB);
  }

  @Test
  void whatWasReadAndWhatHasEndedCountsNoMore() {
    RemoteRun read = run("read");
    RemoteRun ended = run("ended");
    read.take(0, 50 * KIB);
    ended.take(0, 50 * KIB);

    read.acknowledge(0);
    assertThat(budget.total()).isEqualTo(50 * KIB);
    ended.end();
    assertThat(budget.total()).isZero();
    assertThat(slow).isEmpty();
  }

  @Test
  void whereTooMuchInputWaitsTheOldestIsRefusedForNow(Vertx vertx) throws Exception {
    RemoteInputs inputs = new RemoteInputs(frame -> {}, budget);
    BlockingQueue<ReplyException> refused = new LinkedBlockingQueue<>();
    vertx.eventBus().<JsonObject>localConsumer("input", inputs::ask);
    for (String id : List.of("first", "second")) {
      JsonObject piece = new JsonObject().put("id", id).put("data", "x".repeat(60 * KIB));
      vertx
          .eventBus()
          .request("input", piece)
          .onFailure(failure -> refused.add((ReplyException) failure));
    }

    ReplyException failure = refused.poll(20, TimeUnit.SECONDS);

    assertThat(failure.failureCode()).isEqualTo(ErrorCode.BUSY.number());
    assertThat(refused).isEmpty();
    assertThat(budget.total()).isBetween(60L * KIB, 61L * KIB);
  }

  private RemoteRun run(String id) {
    Request.Run request = new Request.Run(new RunId(id), List.of(), Optional.empty());
    return new RemoteRun(
        new RunnerOrder.Start(request, 0), 1 << 20, budget, run -> slow.add(run.value()));
  }
}
