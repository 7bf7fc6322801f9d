package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.Peer;
import dev.toxserver.agent.QuietTerminal;
import dev.toxserver.client.Engine;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that follows one run after another, over real sockets. */
@Timeout(60)
class RoundsTest {
  private static final RunId FIRST = new RunId("r1");
  private static final RunEvent.Next NEXT = new RunEvent.Next(new RunId("r2"), new RunId("loop"));
  private static final Request.Attach ATTACH = new Request.Attach(FIRST, Optional.of(0L), true);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Peer server;
  private Rounds rounds;

  @BeforeEach
  void listen() throws IOException {
    server = new Peer();
    rounds = new Rounds(session("attach", terminal()), Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void whoInterruptsItWhileItStartsWaitsForNoRun() throws Exception {
    rounds.interrupt();
    assertThat(await(begun(Optional::empty))).isEqualTo(new Outcome.Interrupted());
    assertThat(await(CompletableFuture.supplyAsync(() -> rounds.follow(ATTACH))))
        .isEqualTo(new Outcome.Interrupted());
  }

  @Test
  void whoInterruptsItBetweenTwoRoundsWaitsForNoOther() throws Exception {
    CompletableFuture<Outcome> outcome =
        begun(
            () -> {
              rounds.interrupt();
              return Optional.empty();
            });
    server.accept();
    assertThat(server.next().getString("type")).isEqualTo("register");
    JsonObject request = server.next().getJsonObject("body");
    server.send(event(request.getString("id"), new RunEvent.Exit(0, 0, false, Optional.empty())));
    assertThat(await(outcome)).isEqualTo(new Outcome.Interrupted());
  }

  @Test
  void nothingHoldsUpTheProcessOnceTheLastRoundHasEnded() throws Exception {
    CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> rounds.follow(ATTACH));
    server.accept();
    assertThat(server.next().getString("address")).isEqualTo("tox.attach");
    server.send(event(FIRST.value(), new RunEvent.Exit(0, 5, false, Optional.empty())));
    assertThat(await(outcome)).isInstanceOf(Outcome.Exited.class);
    assertThat(Thread.getAllStackTraces().values())
        .as("no event loop waits in native code")
        .anyMatch(
            frames ->
                Arrays.stream(frames)
                    .anyMatch(frame -> frame.getClassName().equals(Engine.class.getName())));
  }

  @Test
  void aRoundThatIsRefusedIsNotTakenForTheOneBefore() throws Exception {
    QuietTerminal quiet = new QuietTerminal(false);
    rounds = new Rounds(session("run", quiet), Optional.empty());
    CompletableFuture<Outcome> outcome = begun(Optional::empty);
    server.accept().next();
    JsonObject request = server.next().getJsonObject("body");
    server.send(frame("message", "reply").put("body", new JsonObject().put("state", "running")));
    server.send(event(request.getString("id"), new RunEvent.Exit(0, 0, false, Optional.empty())));
    server.accept().next();
    server.next();
    server.send(frame("err", "reply").put("failureCode", 400).put("message", "no"));
    assertThat(await(outcome)).isInstanceOf(Outcome.Failed.class);
    assertThat(quiet.run()).isEmpty();
  }

  @Test
  void aLoopIsFollowedByItsName() throws Exception {
    CompletableFuture<Outcome> outcome = followed(Role.ONLOOKER);
    end("r1", Optional.of(NEXT));
    assertThat(attach()).isEqualTo("{\"id\":\"loop\",\"follow\":true,\"from\":0}");
    server.send(event("r2", new RunEvent.Exit(0, 5, false, Optional.empty())));
    assertThat(await(outcome)).isInstanceOf(Outcome.Exited.class);
  }

  @Test
  void whoComesBackToARoundThatHasLeftTheHistoryGoesOnWithItsLoop() throws Exception {
    CompletableFuture<Outcome> outcome = followed(Role.ONLOOKER);
    JsonObject round = new JsonObject().put("id", "r1").put("state", "running").put("from", 0);
    server.send(frame("message", "reply").put("body", round.put("loop", "loop")));
    server.send(event("r1", new RunEvent.Started(0, 1, List.of("tox"))));
    server.hangUp();
    assertThat(attach()).isEqualTo("{\"id\":\"r1\",\"follow\":true,\"from\":1}");
    server.send(frame("err", "reply").put("failureCode", 404).put("message", "id: unknown"));
    assertThat(attach()).isEqualTo("{\"id\":\"loop\",\"follow\":true,\"from\":0}");
    server.send(event("r9", new RunEvent.Exit(0, 5, false, Optional.empty())));
    assertThat(await(outcome)).isInstanceOf(Outcome.Exited.class);
    assertThat(err.toString(UTF_8)).contains("the newest of its loop follows");
  }

  @Test
  void whoeverHasTakenItTakesTheNextRoundTooUnlessAnotherHasTakenItSince() throws Exception {
    CompletableFuture<Outcome> outcome = followed(Role.TAKER);
    end("r1", Optional.of(NEXT));
    assertThat(attach()).contains("\"take\":true");
    server.send(event("r2", new RunEvent.Taken()));
    end("r2", Optional.of(NEXT));
    assertThat(attach()).doesNotContain("take");
    end("r3", Optional.empty());
    assertThat(await(outcome)).isInstanceOf(Outcome.Exited.class);
  }

  @Test
  void whoeverHasTakenItAndLeavesBetweenTwoRoundsEndsIt() throws Exception {
    CompletableFuture<Outcome> outcome = followed(Role.TAKER);
    JsonObject has = new JsonObject().put("id", "r1").put("state", "running");
    server.send(frame("message", "reply").put("body", has.put("from", 0).put("hold", 1)));
    server.send(event("r1", new RunEvent.Notice("it is yours")));
    Awaitility.await().until(() -> err.toString(UTF_8).contains("it is yours"));
    rounds.interrupt();
    assertThat(cancelled()).isEqualTo("r1");
    end("r1", Optional.of(NEXT));
    server.accept();
    assertThat(cancelled()).isEqualTo("loop");
    server.send(frame("message", "reply").put("body", new JsonObject().put("cancelled", 1)));
    assertThat(await(outcome)).isEqualTo(new Outcome.Interrupted());
  }

  /** It has attached to the first round. */
  private CompletableFuture<Outcome> followed(Role role) throws IOException {
    Request.Attach request = new Request.Attach(FIRST, Optional.of(0L), true, role, 0);
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> rounds.follow(request));
    attach();
    return outcome;
  }

  private String attach() throws IOException {
    JsonObject request = server.accept().next();
    assertThat(request.getString("address")).isEqualTo("tox.attach");
    return request.getJsonObject("body").encode();
  }

  private String cancelled() throws IOException {
    JsonObject request = server.next();
    assertThat(request.getString("address")).isEqualTo("tox.cancel");
    return request.getJsonObject("body").getString("id");
  }

  private void end(String run, Optional<RunEvent.Next> next) throws IOException {
    server.send(event(run, new RunEvent.Exit(0, 0, false, Optional.empty()).followedBy(next)));
  }

  private CompletableFuture<Outcome> begun(Supplier<Optional<GitTree>> files) {
    Request.Run run = new Request.Run(FIRST, List.of("-e", "py"), Optional.empty());
    return CompletableFuture.supplyAsync(() -> rounds.untilFail(run, 100, files));
  }

  private ClientSession session(String command, Terminal terminal) {
    return new ClientSession(
        command, ClientConfigs.at("127.0.0.1", server.port()), () -> {}, terminal);
  }

  private static JsonObject frame(String type, String address) {
    return new JsonObject().put("type", type).put("address", address);
  }

  private static byte[] event(String run, RunEvent event) {
    return Frames.event(new RunId(run), RunEventJson.encode(event)).getBytes();
  }

  private static Outcome await(CompletableFuture<Outcome> outcome) throws Exception {
    return outcome.get(10, TimeUnit.SECONDS);
  }

  private Terminal terminal() {
    return new Terminal(
        new StandardStream("out", OutputStream.nullOutputStream()),
        new StandardStream("err", err),
        false,
        false);
  }
}
