package dev.toxserver.server.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.protocol.UserSide;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a hub tells a runner of its run, by a real NATS: at addresses as if it were here. */
@Timeout(120)
class RunnerOrdersIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final RunnerAddresses R1 = new RunnerAddresses(new RunnerName("r1"));
  private static final RunId A = new RunId("a");

  @TempDir Path folder;
  private NatsCluster nats;
  private SharedHub hub;
  private PullingRunner runner;

  @BeforeEach
  void begin() throws Exception {
    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    hub = SharedHub.start(nats.config(), "hub-1");
    runner = new PullingRunner(nats.config(), "r1", 1, Labels.NONE);
  }

  @AfterEach
  void end() throws Exception {
    runner.close();
    hub.close();
    nats.close();
  }

  @Test
  void whatIsTypedIsTakenOnceThoughTheServersWereAway() throws Exception {
    hub.ask(typing("cat > %s".formatted(folder.resolve("typed"))));
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("typed")));
    assertThat(type(0, "one\n", false)).isEqualTo(4);

    nats.kill(0);
    var answer = hub.orders().<JsonObject>request(R1.input(), input(4, "two\n", true));
    nats.restart(0);

    assertThat(ReplyJson.decodeInputTaken(answer.await(30, TimeUnit.SECONDS).body()).offset())
        .isEqualTo(8);
    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(folder.resolve("typed")).hasContent("one\ntwo\n");
  }

  @Test
  void aProgramPrintsNoMoreThanAWindowBeyondWhatItsClientHas() throws Exception {
    String counted = "for i in $(seq 40); do head -c 16384 /dev/zero; echo x >> %s; done";
    hub.ask(PullingRunner.run("a", Labels.NONE, counted.formatted(folder.resolve("count"))));
    await().atMost(LONG).until(() -> count() >= 3);
    await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> count() < 16);

    hub.orders().send(R1.acknowledge(), acknowledge(hub.placement("a")));

    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(count()).isEqualTo(40);
  }

  @Test
  void howFarAnEarlierRunOfThatIdWasReadIsNotSaidOfTheNext() throws Exception {
    await().atMost(LONG).until(() -> !hub.runners().isEmpty());
    hub.orders().send(R1.acknowledge(), acknowledge(Optional.of("earlier")));
    String counted = "for i in $(seq 40); do head -c 16384 /dev/zero; echo x >> %s; done";
    hub.ask(PullingRunner.run("a", Labels.NONE, counted.formatted(folder.resolve("count"))));
    await().atMost(LONG).until(() -> count() >= 3);
    await().during(Duration.ofSeconds(5)).atMost(LONG).until(() -> count() < 16);
  }

  @Test
  void whatIsOrderedOfAnotherPlacementIsNotOfThisOne() throws Exception {
    String counted = "for i in $(seq 40); do head -c 16384 /dev/zero; echo x >> %s; done";
    hub.ask(PullingRunner.run("a", Labels.NONE, counted.formatted(folder.resolve("count"))));
    await().atMost(LONG).until(() -> count() >= 3);

    for (Optional<String> other : List.of(Optional.of("earlier"), Optional.<String>empty())) {
      hub.publish(R1.acknowledge(), new RunnerOrder.Acknowledge(A, 10_000, other));
      hub.publish(R1.cancel(), new RunnerOrder.Cancel(A, other));
    }
    hub.orders().send(R1.acknowledge(), acknowledge(Optional.of("earlier")));
    await().during(Duration.ofSeconds(5)).atMost(LONG).until(() -> count() < 16);
    assertThat(hub.exit("a")).isEmpty();

    hub.orders().send(R1.acknowledge(), acknowledge(hub.placement("a")));
    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(count()).isEqualTo(40);
    assertThat(hub.exit("a").orElseThrow().cancelled()).isFalse();
  }

  @Test
  void whatIsTypedIntoAnotherPlacementIsNotTypedIntoThisOne() throws Exception {
    hub.ask(typing("cat > %s".formatted(folder.resolve("typed"))));
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("typed")));

    for (Optional<String> other : List.of(Optional.of("earlier"), Optional.<String>empty())) {
      InputRequest typed = new InputRequest(A, 0, "other\n".getBytes(UTF_8), true);
      hub.publish(R1.input(), new RunnerOrder.Input(typed, other));
    }

    assertThat(type(0, "one\n", true)).isEqualTo(4);
    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(folder.resolve("typed")).hasContent("one\n");
  }

  @Test
  void theSizeOfAnotherPlacementsTerminalIsNotOfThisOne() throws Exception {
    hub.ask(
        typing(
            "echo up > %s; read line; [ \"$(stty size)\" = '7 70' ]"
                .formatted(folder.resolve("up")),
            Optional.of(new TerminalRequest(new TerminalSize(70, 7), "xterm"))));
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("up")));

    for (Optional<String> other : List.of(Optional.of("earlier"), Optional.<String>empty())) {
      Request.Resize resize = new Request.Resize(A, new TerminalSize(60, 6));
      hub.publish(R1.resize(), new RunnerOrder.Resize(resize, other));
    }

    assertThat(type(0, "\n", false)).isEqualTo(1);
    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(hub.exit("a").orElseThrow().returncode()).isZero();
  }

  private static JsonObject acknowledge(Optional<String> placement) {
    return RunnerOrderJson.encode(new RunnerOrder.Acknowledge(A, 10_000, placement));
  }

  @Test
  void aTerminalGetsItsSize() throws Exception {
    hub.ask(
        typing(
            "echo up > %1$s; while [ \"$(stty size)\" != '7 70' ]; do sleep 0.02; done"
                .formatted(folder.resolve("up")),
            Optional.of(new TerminalRequest(new TerminalSize(80, 24), "xterm"))));
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("up")));

    Request.Resize resize = new Request.Resize(A, new TerminalSize(70, 7));
    hub.orders().send(R1.resize(), RunnerOrderJson.encode(new RunnerOrder.Resize(resize)));

    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(hub.find("a").flatMap(RunFacts::end).orElseThrow().exit().returncode()).isZero();
  }

  private long count() throws Exception {
    Path file = folder.resolve("count");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private long type(long offset, String text, boolean end) throws Exception {
    JsonObject answer =
        hub.orders()
            .<JsonObject>request(R1.input(), input(offset, text, end))
            .await(30, TimeUnit.SECONDS)
            .body();
    return ReplyJson.decodeInputTaken(answer).offset();
  }

  private static JsonObject input(long offset, String text, boolean end) {
    return RunnerOrderJson.encode(
        new RunnerOrder.Input(new InputRequest(A, offset, text.getBytes(UTF_8), end)));
  }

  private static Request.Run typing(String script) {
    return typing(script, Optional.empty());
  }

  private static Request.Run typing(String script, Optional<TerminalRequest> terminal) {
    return new Request.Run(
        A,
        new Invocation(List.of("-c", script)),
        Optional.empty(),
        true,
        Optional.empty(),
        new UserSide(terminal, terminal.isEmpty(), Optional.empty()));
  }
}
