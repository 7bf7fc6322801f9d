package dev.toxserver.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toxserver.ClientConfigs;
import dev.toxserver.HandClock;
import dev.toxserver.client.State.Event;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An exchange with everything about it in the test's hands: the link, the clock, the terminal. */
final class Scene {
  static final RunId ID = new RunId("r1");
  static final Request RUN = new Request.Run(ID, List.of("-e", "py"), Optional.empty());
  static final Request ATTACH = new Request.Attach(RunId.LAST, Optional.of(0L), true);
  static final Request LOGS = new Request.Attach(ID, Optional.of(0L), false);
  static final Request PING = new Request.Ping();
  static final Request STATUS = new StatusRequest(Optional.empty());

  private static final ClientConfig CONFIG =
      ClientConfigs.at("localhost", 9876, Optional.of(1.5), 2_500);

  static final Outcome TERMINATED = new Outcome.Terminated(15);

  private static final int DEADLINE_SECONDS = 30;

  final HandClock clock = new HandClock();
  final LinkStandIn link = new LinkStandIn();
  final Exchange exchange;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StandardStream out;
  private final Terminal terminal;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Promise<Outcome> outcome = Promise.promise();

  /** A client that has just been started, whose output goes nowhere. */
  Scene(Request request) {
    this(request, OutputStream.nullOutputStream());
  }

  Scene(Request request, OutputStream out) {
    this.out = new StandardStream("out", out);
    terminal = new Terminal(this.out, new StandardStream("err", err), false, false);
    exchange =
        new Exchange(
            clock.vertx(), CONFIG, request, terminal, Optional.empty(), link, tasks::add, outcome);
    exchange.start();
  }

  /** The run is told by its events. */
  Scene tellEvents() {
    terminal.tellEvents(new EventLines(out, JsonObject::encode));
    return this;
  }

  /** Connected, and the request is sent; the link's calls until then are forgotten. */
  static Scene asked(Request request) {
    Scene scene = new Scene(request);
    scene.exchange.connected();
    scene.link.calls();
    return scene;
  }

  /** The server has accepted the request for a run or an attach. */
  static Scene talking(Request request) {
    Scene scene = asked(request);
    scene.accept("running", 0);
    return scene;
  }

  /** A run of its own, in this state. */
  static Scene in(State state) throws InterruptedException {
    Scene scene =
        switch (state) {
          case CONNECTING -> new Scene(RUN);
          case ASKED -> in(State.CONNECTING).happen(Event.CONNECTED);
          case TALKING -> in(State.ASKED).happen(Event.HEARD);
          case AWAY -> in(State.TALKING).happen(Event.LOST);
          case CANCELLING -> in(State.TALKING).happen(Event.INTERRUPT);
          case CANCELLING_AWAY -> in(State.AWAY).happen(Event.INTERRUPT);
          case LEAVING -> in(State.TALKING).happen(Event.LEAVE);
          case WRITING -> in(State.TALKING).happen(Event.RUN_ENDED);
          case WRITING_CANCELLED -> in(State.WRITING).happen(Event.INTERRUPT);
          case ENDED -> in(State.WRITING_CANCELLED).happen(Event.INTERRUPT);
        };
    scene.link.calls();
    return scene;
  }

  Scene happen(Event event) {
    switch (event) {
      case CONNECTED -> exchange.connected();
      case HEARD -> pong();
      case LOST -> exchange.lost("it was closed by the server");
      case INTERRUPT -> exchange.interrupt();
      case LEAVE -> exchange.leave(TERMINATED);
      case RUN_ENDED -> exit(0, 7);
    }
    return this;
  }

  void accept(String state, long from) {
    reply(new JsonObject().put("id", ID.value()).put("state", state).put("from", from));
  }

  void reply(Object body) {
    exchange.frame(
        new JsonObject().put("type", "message").put("address", "reply").put("body", body));
  }

  void refuse(int code, String message) {
    refuse("reply", code, message);
  }

  void refuseCancel(int code, String message) {
    refuse("cancel-reply", code, message);
  }

  void answerCancel() {
    exchange.frame(
        new JsonObject()
            .put("type", "message")
            .put("address", "cancel-reply")
            .put("body", new JsonObject().put("cancelled", 1)));
  }

  void pong() {
    exchange.frame(new JsonObject().put("type", "pong"));
  }

  void event(JsonObject body) {
    exchange.frame(
        new JsonObject()
            .put("type", "message")
            .put("address", "tox.output." + ID.value())
            .put("body", body));
  }

  void output(long seq, String text) {
    exchange.output(
        new OutputFrame(ID, new RunEvent.Output(seq, Stream.STDOUT, text.getBytes(UTF_8))));
  }

  void exit(long seq, int code) {
    event(
        new JsonObject()
            .put("seq", seq)
            .put("type", "exit")
            .put("returncode", code)
            .put("cancelled", false));
  }

  /** Runs the next task that came from the terminal's threads. */
  void runTask() throws InterruptedException {
    Runnable task = tasks.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (task == null) {
      throw new AssertionError("nothing came from the terminal");
    }
    task.run();
  }

  /** What the user was told until now. */
  String told() {
    terminal.flush(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
    return err.toString(UTF_8);
  }

  /** How it has ended; null if it has not. */
  Outcome outcome() {
    return outcome.future().result();
  }

  private void refuse(String address, int code, String message) {
    exchange.frame(
        new JsonObject()
            .put("type", "err")
            .put("address", address)
            .put("failureCode", code)
            .put("message", message));
  }
}
