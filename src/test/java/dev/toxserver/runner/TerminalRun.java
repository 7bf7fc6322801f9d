package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.protocol.UserSide;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A run of a shell script under a real runner, with somebody who types and reads: a server that
 * acknowledges all, unless it is told not to.
 */
final class TerminalRun {
  static final TerminalSize SIZE = new TerminalSize(100, 30);
  static final UserSide IN_TERMINAL =
      new UserSide(
          Optional.of(new TerminalRequest(SIZE, "xterm-256color")), false, Optional.empty());
  static final UserSide WITH_STDIN = new UserSide(Optional.empty(), true, Optional.empty());

  private static final RunId ID = new RunId("a");

  private final Vertx vertx;
  private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final boolean acknowledges;
  private long offset;
  private RunEvent.Exit exit;

  private TerminalRun(
      Vertx vertx, Map<String, String> environment, int window, boolean acknowledges)
      throws Exception {
    this.vertx = vertx;
    this.acknowledges = acknowledges;
    vertx.eventBus().<JsonObject>consumer(Addresses.output(ID), message -> take(message.body()));
    RunnerConfig config =
        new RunnerConfig("sh", environment, false, 500, 500, window, AllowedVariables.ALL, false);
    vertx
        .deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, config))
        .await(30, TimeUnit.SECONDS);
  }

  /** A run that has not begun, of a runner that has. */
  static TerminalRun acknowledged(Vertx vertx) throws Exception {
    return in(vertx, System.getenv());
  }

  /** The same, in another environment. */
  static TerminalRun in(Vertx vertx, Map<String, String> environment) throws Exception {
    return new TerminalRun(vertx, environment, 65_536, true);
  }

  /** The same, whose output is taken no further than its window. */
  static TerminalRun notAcknowledged(Vertx vertx, int window) throws Exception {
    return new TerminalRun(vertx, System.getenv(), window, false);
  }

  /** Starts a program; what it starts with. */
  RunEvent.Started start(UserSide side, String... program) throws InterruptedException {
    startOnly(side, program);
    return (RunEvent.Started) next();
  }

  /** Asks for a program, and waits for nothing. */
  void startOnly(UserSide side, String... program) {
    Invocation invocation = new Invocation(List.of(program), Optional.empty(), true);
    Request.Run run =
        new Request.Run(ID, invocation, Optional.empty(), false, Optional.empty(), side);
    send(RunnerAddresses.LOCAL.start(), new RunnerOrder.Start(run, 0));
  }

  /** Forgets the run, which has ended: another can be started. */
  void again() {
    exit = null;
    offset = 0;
    screen.reset();
  }

  /** Types on; completes when the program's side has taken it. */
  Future<Long> type(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    Future<Long> taken = input(offset, data, false);
    offset += data.length;
    return taken;
  }

  /** Sends what is said, and no more. */
  Future<Long> input(long from, byte[] data, boolean end) {
    RunnerOrder order = new RunnerOrder.Input(new InputRequest(ID, from, data, end));
    return vertx
        .eventBus()
        .request(RunnerAddresses.LOCAL.input(), RunnerOrderJson.encode(order))
        .map(Message::body)
        .map(body -> ((JsonObject) body).getLong("offset"));
  }

  void resize(TerminalSize size) {
    send(RunnerAddresses.LOCAL.resize(), new RunnerOrder.Resize(new Request.Resize(ID, size)));
  }

  void cancel() {
    send(RunnerAddresses.LOCAL.cancel(), new RunnerOrder.Cancel(ID));
  }

  /** Reads until the screen shows it; all that the screen has shown. */
  String until(String shown) throws InterruptedException {
    while (!screen().contains(shown)) {
      assertThat(next())
          .as("event before %s, after %s", shown, screen())
          .isNotInstanceOf(RunEvent.Exit.class);
    }
    return screen();
  }

  /** Reads to the end; all that the screen has shown. */
  String toTheEnd() throws InterruptedException {
    while (exit == null) {
      next();
    }
    return screen();
  }

  RunEvent.Exit exit() throws InterruptedException {
    toTheEnd();
    return exit;
  }

  String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  RunEvent next() throws InterruptedException {
    RunEvent event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event after %s", screen()).isNotNull();
    if (event instanceof RunEvent.Output output) {
      screen.writeBytes(output.data());
    } else if (event instanceof RunEvent.Exit last) {
      exit = last;
    }
    return event;
  }

  private void take(JsonObject body) {
    RunEvent event = RunEventJson.decode(body).orElseThrow();
    events.add(event);
    if (acknowledges && event instanceof RunEvent.Sequenced sequenced) {
      send(RunnerAddresses.LOCAL.acknowledge(), new RunnerOrder.Acknowledge(ID, sequenced.seq()));
    }
  }

  private void send(String address, RunnerOrder order) {
    vertx.eventBus().send(address, RunnerOrderJson.encode(order));
  }
}
