package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real processes, and a server that acknowledges what the test says. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class ToxRunnerVerticleTest {
  private static final int WINDOW = 65_536;
  private static final RunId ID = new RunId("a");
  private static final RunEvent END = new RunEvent.Queued(99, 99, Optional.empty());

  private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private String deployment;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    RunnerConfig config =
        new RunnerConfig(
            "sh", System.getenv(), false, 500, 500, WINDOW, AllowedVariables.ALL, false);
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.output(ID),
            message -> events.add(RunEventJson.decode(message.body()).orElseThrow()));
    deployment =
        vertx
            .deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, config))
            .await(30, TimeUnit.SECONDS);
  }

  @Test
  void theEventsOfARunCountOnFromWhereTheServerStopped() throws Exception {
    start("echo x", 7);
    assertThat(next()).isInstanceOfSatisfying(RunEvent.Started.class, e -> assertSeq(e, 7));
    assertThat(next()).isInstanceOfSatisfying(RunEvent.Output.class, e -> assertSeq(e, 8));
    assertThat(next()).satisfies(event -> assertExit(event, 9, 0, false));
  }

  /** 64 KiB are under way and as much is in the pipe: nobody acknowledges, and the program ends. */
  @Test
  void whatIsStillInThePipeArrivesBeforeTheExitEventEvenIfNobodyTakesIt() throws Exception {
    start("head -c 120000 /dev/zero", 0);
    int bytes = 0;
    RunEvent event = next();
    while (!(event instanceof RunEvent.Exit)) {
      bytes += event instanceof RunEvent.Output output ? output.data().length : 0;
      event = next();
    }
    assertThat(bytes).isEqualTo(120_000);
  }

  @Test
  void withoutAcknowledgementsTheProgramWaitsAndWithThemItGoesOn() throws Exception {
    start("head -c 10000000 /dev/zero", 0);
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(30))
        .until(() -> bytesSoFar() > 0 && bytesSoFar() <= WINDOW);
    long seq = 0;
    long bytes = 0;
    for (RunEvent event = next(); !(event instanceof RunEvent.Exit); event = next()) {
      bytes += event instanceof RunEvent.Output output ? output.data().length : 0;
      acknowledge(seq++);
    }
    assertThat(bytes).isEqualTo(10_000_000);
  }

  @Test
  void heartbeatsComeWhileTheProgramIsSilentAndNoneFollowsTheExit() throws Exception {
    for (int n = 0; n < 20; n++) {
      start(new Request.Run(ID, List.of("-c", "sleep 0.05"), Optional.of(0.01)), 0);
      List<RunEvent> all = new ArrayList<>();
      do {
        all.add(next());
      } while (!(all.get(all.size() - 1) instanceof RunEvent.Exit));
      assertThat(all).filteredOn(RunEvent.Heartbeat.STARTED::equals).isNotEmpty();
      assertThat(all).filteredOn(RunEvent.Started.class::isInstance).hasSize(1);
      // What came later than the exit would lie in the queue when nothing else can come.
      vertx.eventBus().publish(Addresses.output(ID), RunEventJson.encode(END));
      assertThat(next()).isEqualTo(END);
    }
  }

  @Test
  void aRunThatIsCancelledWhileItStartsIsCancelledAllTheSame() throws Exception {
    start("exec sleep 600", 0);
    cancel();
    assertThat(next()).isInstanceOf(RunEvent.Started.class);
    assertThat(next()).satisfies(event -> assertExit(event, 1, 130, true));
  }

  @Test
  void theExitTellsHowLongTheProgramRan() throws Exception {
    long before = System.nanoTime();
    start("sleep 0.3", 0);
    next();
    RunEvent.Exit exit = (RunEvent.Exit) next();
    assertThat(exit.durationMillis().orElseThrow())
        .isBetween(300L, (System.nanoTime() - before) / 1_000_000);
  }

  @Test
  void whatIgnoresEverySignalButKillCostsTheGracesAndNoMore() throws Exception {
    start("trap '' INT TERM; echo up; while :; do sleep 0.05; done", 0);
    next();
    next();
    cancel();
    RunEvent event = next();
    while (event instanceof RunEvent.Output) {
      // The shell may tell that its sleep was terminated.
      event = next();
    }
    assertThat(event)
        .isInstanceOfSatisfying(
            RunEvent.Exit.class, exit -> assertThat(exit.returncode()).isEqualTo(137));
  }

  @Test
  void aRunnerThatIsStoppedLeavesNothing() throws Exception {
    start("exec sleep 600", 0);
    long pid = ((RunEvent.Started) next()).pid();
    vertx.undeploy(deployment).await(30, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(next()).isInstanceOf(RunEvent.Exit.class);
  }

  @Test
  void anOrderToStartIsAnswered() throws Exception {
    Request.Run run = new Request.Run(ID, List.of("-c", "exit 4"), Optional.empty());
    vertx
        .eventBus()
        .request(
            RunnerAddresses.LOCAL.start(), RunnerOrderJson.encode(new RunnerOrder.Start(run, 0)))
        .await(30, TimeUnit.SECONDS);
    next();
    assertThat(next()).satisfies(event -> assertExit(event, 1, 4, false));
  }

  @Test
  void anOrderForARunThatHasEndedIsNotHeeded() throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    vertx.exceptionHandler(failures::add);
    cancel();
    acknowledge(0);
    start("exit 4", 0);
    next();
    assertThat(next()).satisfies(event -> assertExit(event, 1, 4, false));
    assertThat(failures).isEmpty();
  }

  private void start(String script, long nextSeq) {
    start(new Request.Run(ID, List.of("-c", script), Optional.empty()), nextSeq);
  }

  private void start(Request.Run request, long nextSeq) {
    vertx
        .eventBus()
        .send(
            RunnerAddresses.LOCAL.start(),
            RunnerOrderJson.encode(new RunnerOrder.Start(request, nextSeq)));
  }

  private void cancel() {
    vertx
        .eventBus()
        .send(RunnerAddresses.LOCAL.cancel(), RunnerOrderJson.encode(new RunnerOrder.Cancel(ID)));
  }

  private void acknowledge(long seq) {
    vertx
        .eventBus()
        .send(
            RunnerAddresses.LOCAL.acknowledge(),
            RunnerOrderJson.encode(new RunnerOrder.Acknowledge(ID, seq)));
  }

  private RunEvent next() throws InterruptedException {
    RunEvent event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event");
    }
    return event;
  }

  private long bytesSoFar() {
    return events.stream()
        .mapToLong(event -> event instanceof RunEvent.Output output ? output.data().length : 0)
        .sum();
  }

  private static void assertSeq(RunEvent.Sequenced event, long seq) {
    assertThat(event.seq()).isEqualTo(seq);
  }

  private static void assertExit(RunEvent event, long seq, int returncode, boolean cancelled) {
    assertThat(event)
        .isInstanceOfSatisfying(
            RunEvent.Exit.class,
            exit -> {
              assertThat(exit.seq()).isEqualTo(seq);
              assertThat(exit.returncode()).isEqualTo(returncode);
              assertThat(exit.cancelled()).isEqualTo(cancelled);
              assertThat(exit.error()).isEmpty();
            });
  }
}
