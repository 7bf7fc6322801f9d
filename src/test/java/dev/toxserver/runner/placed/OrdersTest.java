package dev.toxserver.runner.placed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.protocol.UserSide;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is typed into a run, when the server asks more than once whether that was taken. */
@ExtendWith(VertxExtension.class)
class OrdersTest {
  private static final RunnerAddresses ADDRESSES = new RunnerAddresses(new RunnerName("r1"));
  private static final RunId A = new RunId("a");

  private final FakeLink server = new FakeLink();
  private final BlockingQueue<Message<JsonObject>> typed = new LinkedBlockingQueue<>();
  private Context context;
  private PlacedRuns runs;
  private Orders orders;

  /** Notes what the server is answered. */
  private static final class FakeLink implements PlacedRuns.Hub {
    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    private volatile boolean joined = true;

    @Override
    public boolean isJoined() {
      return joined;
    }

    @Override
    public void send(RunId run, JsonObject event) {
      throw new AssertionError("no run has events here");
    }

    @Override
    public void answer(JsonObject frame) {
      answers.add(frame);
    }
  }

  @BeforeEach
  void take(Vertx vertx) {
    context = vertx.getOrCreateContext();
    vertx.eventBus().localConsumer(ADDRESSES.input(), typed::add);
    runs = new PlacedRuns(vertx, ADDRESSES, server, () -> {});
    orders = new Orders(vertx, ADDRESSES, runs, server);
  }

  @Test
  void inputThatComesAgainBeforeItsAnswerIsAnsweredOnce() throws Exception {
    order("first");
    Message<JsonObject> first = next(typed);
    order("first");
    order("second");
    Message<JsonObject> second = next(typed);
    assertThat(second.body().getString("id")).isEqualTo("a");

    first.reply(offset(1));
    second.reply(offset(2));

    assertThat(next(server.answers)).isEqualTo(answer("first", 1));
    assertThat(next(server.answers)).isEqualTo(answer("second", 2));
    assertThat(typed).isEmpty();
  }

  /** It asks again when it is back; another server has not asked. */
  @Test
  void aServerThatIsNotThereIsAnsweredWhenItHasAskedAgain() throws Exception {
    order("first");
    server.joined = false;
    next(typed).reply(offset(1));
    Message<JsonObject> again;
    do {
      order("first");
      again = typed.poll(10, TimeUnit.MILLISECONDS);
    } while (again == null);
    server.joined = true;

    again.reply(offset(2));

    assertThat(next(server.answers)).isEqualTo(answer("first", 2));
  }

  /** It waits for the earlier one's end, which reads what is typed until then. */
  @Test
  void whatIsMeantForALaterRunOfTheSameIdDoesNotReachTheEarlierOne(Vertx vertx) throws Exception {
    BlockingQueue<JsonObject> started = new LinkedBlockingQueue<>();
    BlockingQueue<JsonObject> resized = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .<JsonObject>localConsumer(ADDRESSES.start(), order -> started.add(order.body()));
    vertx
        .eventBus()
        .<JsonObject>localConsumer(ADDRESSES.resize(), order -> resized.add(order.body()));
    take(start("lost"));
    assertThat(next(started).getString("placement")).isEqualTo("lost");
    inContext(() -> runs.resume(Map.of()));
    take(start("later"));

    order("first");
    TerminalSize size = new TerminalSize(90, 20);
    take(
        Frames.order(
            ADDRESSES.resize(),
            RunnerOrderJson.encode(new RunnerOrder.Resize(new Request.Resize(A, size))),
            Optional.empty()));

    assertThat(next(server.answers)).isEqualTo(answer("first", 0));
    vertx
        .eventBus()
        .publish(
            Addresses.output(A),
            RunEventJson.encode(new RunEvent.Exit(0, 130, true, Optional.empty())));
    RunnerOrder.Start later = RunnerOrderJson.decodeStart(next(started));
    assertThat(later.placement()).contains("later");
    assertThat(later.request().side().terminal().orElseThrow().size()).isEqualTo(size);
    assertThat(typed).isEmpty();
    assertThat(resized).isEmpty();
  }

  private static JsonObject start(String placement) {
    TerminalRequest terminal = new TerminalRequest(new TerminalSize(80, 24), "xterm");
    UserSide side = new UserSide(Optional.of(terminal), false, Optional.empty());
    Request.Run request =
        new Request.Run(
            A, new Invocation(List.of()), Optional.empty(), false, Optional.empty(), side);
    RunnerOrder.Start order = new RunnerOrder.Start(request, 0).placedAs(placement);
    return Frames.order(ADDRESSES.start(), RunnerOrderJson.encode(order), Optional.empty());
  }

  private void order(String reply) throws Exception {
    JsonObject body =
        RunnerOrderJson.encode(
            new RunnerOrder.Input(new InputRequest(A, 0, new byte[] {'x'}, false)));
    take(Frames.order(ADDRESSES.input(), body, Optional.of(reply)));
  }

  private void take(JsonObject frame) throws Exception {
    inContext(() -> orders.take(frame));
  }

  private void inContext(Runnable action) throws Exception {
    BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
    context.runOnContext(
        v -> {
          action.run();
          done.add(true);
        });
    next(done);
  }

  private static JsonObject offset(long offset) {
    return new JsonObject().put("offset", offset);
  }

  private static JsonObject answer(String reply, long offset) {
    return Frames.order(reply, offset(offset), Optional.empty());
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("what comes next").isNotNull();
    return next;
  }
}
