package dev.toxserver.runner.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.ClientConfigs;
import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A runner with real processes, and a server that does only what the test says. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class HubVerticleTest {
  private static final RunnerName NAME = new RunnerName("r1");
  private static final RunnerAddresses ADDRESSES = new RunnerAddresses(NAME);
  private static final RunId A = new RunId("a");

  @TempDir Path folder;
  private Hub hub;
  private Vertx vertx;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    hub = new Hub(ADDRESSES);
    RunnerConfig config =
        new RunnerConfig(
            "sh", System.getenv(), false, 500, 500, 65_536, AllowedVariables.ALL, false);
    vertx.deployVerticle(new ToxRunnerVerticle(ADDRESSES, config)).await(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
  }

  @Test
  void itJoinsWithWhatItHasAndCarriesOutARun() throws Exception {
    join(60_000);
    RunnerJoin join = hub.joined();
    assertThat(join.name()).isEqualTo(NAME);
    assertThat(join.labels().names()).containsExactly("gpu");
    assertThat(join.capacity()).isEqualTo(2);
    assertThat(join.runs()).isEmpty();
    hub.welcome(Map.of());

    hub.start("a", "echo out; exit 3");

    assertThat(hub.event("a").getString("type")).isEqualTo("started");
    assertThat(hub.event("a").getString("data")).isEqualTo("b3V0Cg==");
    assertThat(hub.event("a").getInteger("returncode")).isEqualTo(3);
  }

  @Test
  void whatTheServerHasNotGotItIsSentAgainAndNothingTwice() throws Exception {
    join(60_000);
    String session = hub.joined().session();
    hub.welcome(Map.of());
    hub.start("a", "echo out; while [ ! -e %s ]; do sleep 0.02; done; exit 3".formatted(go()));
    hub.event("a");
    hub.event("a");
    hub.peer().hangUp();
    Files.createFile(go());

    RunnerJoin back = hub.joined();

    assertThat(back.session()).isEqualTo(session);
    hub.welcome(Map.of(A, 1L));
    assertThat(hub.event("a").getString("data")).isEqualTo("b3V0Cg==");
    assertThat(hub.event("a").getString("type")).isEqualTo("exit");
    hub.acknowledge("a", 2);
    hub.start("b", "echo next");
    assertThat(hub.event("b").getString("type")).isEqualTo("started");
    hub.peer().hangUp();
    assertThat(hub.joined().runs()).doesNotContainKey(A).containsKey(new RunId("b"));
  }

  /** The order may come again, since the server can't know that it came. */
  @Test
  void aRunIsStartedOnceHoweverOftenThatIsOrdered() throws Exception {
    join(60_000);
    hub.joined();
    hub.welcome(Map.of());
    String script =
        "echo x >> %s/count; while [ ! -e %s ]; do sleep 0.02; done".formatted(folder, go());
    hub.start("a", script);
    hub.start("a", script);
    hub.event("a");
    hub.start("a", script);
    Files.createFile(go());
    assertThat(hub.event("a").getString("type")).isEqualTo("exit");
    assertThat(Files.readString(folder.resolve("count"))).isEqualTo("x\n");
  }

  @Test
  void aRunThatTheServerDoesNotWaitForIsEndedAndNothingOfItIsSent() throws Exception {
    join(60_000);
    hub.joined();
    hub.welcome(Map.of());
    hub.start("a", "echo $$ > %s; exec sleep 600".formatted(pid()));
    hub.event("a");
    awaitPid();
    hub.peer().hangUp();

    assertThat(hub.joined().runs()).containsKey(A);
    hub.welcome(Map.of());

    awaitEnd();
    hub.start("b", "echo next");
    assertThat(hub.event("b").getString("type")).isEqualTo("started");
  }

  @Test
  void whenTheServerIsAwayForTooLongWhatRunsIsEndedAndTheRunnerIsAnother() throws Exception {
    join(300);
    String session = hub.joined().session();
    hub.welcome(Map.of());
    hub.start("a", "echo $$ > %s; exec sleep 600".formatted(pid()));
    hub.event("a");
    awaitPid();
    hub.peer().goAway();
    hub.peer().hangUp();

    awaitEnd();

    hub.peer().comeBack();
    RunnerJoin next = hub.joined();
    assertThat(next.session()).isNotEqualTo(session);
    assertThat(RunnerJoin.isOfOneProcess(next.session(), session)).as("servers can tell").isTrue();
    assertThat(next.runs()).isEmpty();
  }

  @Test
  void itFallsSilentForNobodyAndGivesAServerUpThatDoes() throws Exception {
    join(60_000);
    hub.joined();
    hub.welcome(Map.of());
    assertThat(hub.peer().next().getString("type")).isEqualTo("ping");
    // Nothing is answered from here on.
    assertThat(hub.joined().name()).isEqualTo(NAME);
  }

  @Test
  void anOrderForSomebodyElseIsNotCarriedOut() throws Exception {
    join(60_000);
    hub.joined();
    hub.welcome(Map.of());
    hub.order("tox.runner.r2.cancel", new RunnerOrder.Cancel(A));
    assertThat(hub.joined().name()).as("it hangs up").isEqualTo(NAME);
    hub.welcome(Map.of());
    hub.peer().send(new JsonObject().put("type", "message").put("address", 7));
    assertThat(hub.joined().name()).isEqualTo(NAME);
  }

  @Test
  void aRunnerThatIsRefusedLeavesAndSaysWhy() throws Exception {
    HubVerticle runner = join(60_000);
    hub.joined();
    hub.refuse(403, "version: another");
    assertThat(left(runner)).contains("version: another");
  }

  /** The old connection of a runner that was killed may still count as its own. */
  @Test
  void aNameThatIsTakenIsTriedAgain() throws Exception {
    join(60_000);
    hub.joined();
    hub.refuse(409, "name: is taken");
    assertThat(hub.joined().name()).isEqualTo(NAME);
  }

  @Test
  void whenItIsToLeaveItFinishesWhatItHasAndTakesNothingMore() throws Exception {
    HubVerticle runner = join(60_000);
    hub.joined();
    hub.welcome(Map.of());
    hub.start("a", "while [ ! -e %s ]; do sleep 0.02; done".formatted(go()));
    hub.event("a");

    runner.signalled();

    assertThat(RunnerJoin.decode(hub.frame().getJsonObject("body")).capacity()).isZero();
    Files.createFile(go());
    assertThat(hub.event("a").getString("type")).isEqualTo("exit");
    assertThat(runner.left().isComplete()).isFalse();
    hub.acknowledge("a", 1);
    assertThat(left(runner)).isEmpty();
  }

  private HubVerticle join(long graceMillis) throws Exception {
    HubVerticle verticle =
        new HubVerticle(
            HubVerticle.linksTo(ClientConfigs.at("127.0.0.1", hub.peer().port())),
            "here",
            new Offer(NAME, "test", new Labels(List.of("gpu")), 2, 65_536, 0),
            graceMillis);
    vertx.deployVerticle(verticle).await(30, TimeUnit.SECONDS);
    return verticle;
  }

  private static Optional<String> left(HubVerticle runner) throws Exception {
    return runner.left().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private Path go() {
    return folder.resolve("go");
  }

  private Path pid() {
    return folder.resolve("pid");
  }

  private void awaitPid() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(pid()) && Files.size(pid()) > 1);
  }

  private void awaitEnd() throws Exception {
    long pid = Long.parseLong(Files.readString(pid()).strip());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }
}
