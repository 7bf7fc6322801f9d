package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toxserver.ClientConfigs;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.server.ServerVerticle;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A matrix with a real server, a real runner, and a script in place of tox. */
final class MatrixScene {
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path folder;
  private final int port;
  private final Callable<?> stop;
  private Turns turns;
  private MatrixDialogue dialogue;
  private boolean digested;

  /**
   * A server that has two places.
   *
   * @param script in sh; {@code $1} is {@code -l}, or {@code -e} with the environment in {@code $2}
   */
  MatrixScene(Vertx vertx, Path folder, String script) throws Exception {
    this.folder = folder;
    Path tox = Files.writeString(folder.resolve("tox"), script);
    RunnerConfig runner =
        new RunnerConfig(
            "sh " + tox, System.getenv(), false, 500, 500, 65_536, AllowedVariables.ALL, false);
    vertx
        .deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, runner))
        .await(30, TimeUnit.SECONDS);
    ServerVerticle server =
        new ServerVerticle(TestConfig.server(new ServerConfig.Places(2, 100, 2)));
    vertx.deployVerticle(server).await(30, TimeUnit.SECONDS);
    port = server.port();
    stop = () -> vertx.undeploy(server.deploymentID()).await(30, TimeUnit.SECONDS);
  }

  private MatrixScene(Path folder, int port, Callable<?> stop) {
    this.folder = folder;
    this.port = port;
    this.stop = stop;
  }

  /** Another client of the same server. */
  MatrixScene another() {
    return new MatrixScene(folder, port, stop);
  }

  /** Begins; its exit code. */
  CompletableFuture<Integer> begin(MatrixChoices choices, String... environments) {
    return begin(choices, Optional::empty, environments);
  }

  /** The same of files that are told so. */
  CompletableFuture<Integer> begin(
      MatrixChoices choices, Supplier<Optional<GitTree>> files, String... environments) {
    MatrixRuns runs =
        new MatrixRuns(
            Optional.empty(), Labels.NONE, List.of(), UserSide.UNKNOWN, Optional.empty(), false);
    MatrixDialogue made = dialogue(choices);
    return CompletableFuture.supplyAsync(() -> made.carryOut(runs, files, List.of(environments)));
  }

  /** Begins what is known; its exit code. */
  CompletableFuture<Integer> begin(RunId name, List<EnvironmentRun> all, boolean ours) {
    MatrixDialogue made = dialogue(MatrixChoices.USUAL);
    return CompletableFuture.supplyAsync(() -> made.carryOut(name, all, ours));
  }

  /** Follows one that is there; its exit code. */
  CompletableFuture<Integer> follow(RunId name, Role role) {
    Request.Attach asked = new Request.Attach(name, Optional.of(0L), true, role, 0);
    return begin(name, known(name).followed(asked), role == Role.TAKER);
  }

  /** One that the server knows. */
  KnownMatrix known(RunId name) {
    Outcome refused = new Outcome.Failed("", 404);
    return MatrixByName.find(Optional.of(name), refused, session()).orElseThrow();
  }

  /** The name of the one that was begun last. */
  RunId name() {
    Matcher named = Pattern.compile("(?s).*\\[MATRIX] ([^:]*):").matcher(err.toString(UTF_8));
    Awaitility.await().until(() -> named.reset(err.toString(UTF_8)).lookingAt());
    return new RunId(named.group(1));
  }

  /** Shows no output from now on, but a digest in the end. */
  MatrixScene digested() {
    digested = true;
    return this;
  }

  private MatrixDialogue dialogue(MatrixChoices choices) {
    ClientSession session = session();
    turns = new Turns();
    ProjectPaths paths = new ProjectPaths(folder.toString(), folder, folder);
    MatrixScreen screen =
        digested
            ? new DigestScreen(session.terminal(), Optional.empty(), turns, paths)
            : new MatrixScreen(session.terminal(), Optional.empty(), turns);
    dialogue = new MatrixDialogue(session, turns, screen, choices);
    return dialogue;
  }

  /** Of a client of the server. */
  ClientSession session() {
    Terminal terminal =
        new Terminal(new StandardStream("out", out), new StandardStream("err", err), false, false);
    return new ClientSession("matrix", ClientConfigs.at("127.0.0.1", port), () -> {}, terminal);
  }

  /** Somebody cancels the newest run. */
  void cancelNewest() {
    another().session().carryOut(new Request.CancelRun(RunId.LAST));
  }

  /** The server is gone. */
  void stopServer() throws Exception {
    stop.call();
  }

  /** Types ^C. */
  void interrupt() {
    turns.execute(dialogue::interrupt);
  }

  void terminate(int signal) {
    turns.execute(() -> dialogue.terminate(signal));
  }

  String out() {
    return out.toString(UTF_8);
  }

  /** Without ids and times. */
  String err() {
    return plain(err);
  }

  /** What was printed, without ids and times. */
  String digest() {
    return plain(out);
  }

  private static String plain(ByteArrayOutputStream stream) {
    return stream
        .toString(UTF_8)
        .replaceAll("\\[MATRIX] [a-z2-7]{10}", "[MATRIX] ID")
        .replaceAll("\\([a-z2-7]{10}\\)", "(ID)")
        .replaceAll("logs [a-z2-7]{10}", "logs ID")
        .replaceAll("\\d+\\.\\d s", "T");
  }

  void awaitOut(String text) {
    Awaitility.await().until(() -> out().contains(text));
  }

  void awaitErr(String text) {
    Awaitility.await().until(() -> err.toString(UTF_8).contains(text));
  }

  void awaitFile(String name) {
    Awaitility.await().until(() -> Files.exists(folder.resolve(name)));
  }

  static int code(CompletableFuture<Integer> matrix) throws Exception {
    return matrix.get(30, TimeUnit.SECONDS);
  }
}
