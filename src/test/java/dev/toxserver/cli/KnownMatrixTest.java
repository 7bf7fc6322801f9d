package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.UserSide;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A matrix that is there is followed and done again, with a real server and real processes. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class KnownMatrixTest {
  private static final RunId AGAIN = new RunId("again");

  @TempDir Path folder;
  private MatrixScene scene;

  @BeforeEach
  void aMatrixWhoseEnvironmentsWaitForAFileEach(Vertx vertx) throws Exception {
    scene =
        new MatrixScene(
            vertx,
            folder,
            "here="
                + folder
                + """

                trap 'echo torn down $2; exit 3' INT
                echo $2; touch $here/$2.began; echo x >>$here/$2.times
                until [ -e $here/$2 ]; do sleep 0.02; done
                [ $(cat $here/$2) = good ]
                """);
  }

  @Test
  void itIsDoneAgainAsAnotherMatrixWithTheArgumentsOfEach() throws Exception {
    end("a", "good");
    end("b", "good");
    assertThat(MatrixScene.code(scene.begin(MatrixChoices.USUAL, "b", "a"))).isZero();
    assertThat(MatrixScene.code(begin(asked(false, Labels.NONE)))).isZero();
    assertThat(scene.out()).isEqualTo("b\na\nb\na\n");
    assertThat(scene.known(AGAIN).runs())
        .extracting(run -> run.cell().orElseThrow().environment() + run.args())
        .containsExactly("b[-e, b]", "a[-e, a]");
  }

  @Test
  void ofOneOnlyWhatHasFailedOrNeverBegunIsDoneAgain() throws Exception {
    end("a", "good");
    MatrixChoices failFast = new MatrixChoices(false, true, false);
    CompletableFuture<Integer> matrix = scene.begin(failFast, "a", "b", "c", "d");
    scene.awaitErr("[DONE] a");
    end("b", "bad");
    matrix.get();
    end("b", "good");
    end("c", "good");
    end("d", "good");
    assertThat(MatrixScene.code(begin(asked(true, Labels.NONE)))).isZero();
    assertThat(scene.known(AGAIN).runs())
        .extracting(run -> run.cell().orElseThrow().environment())
        .containsExactly("b", "c", "d");
    assertThat(folder.resolve("a.times")).hasContent("x");
    assertThat(scene.known(AGAIN).again(asked(true, Labels.NONE), new RunId("third"))).isEmpty();
  }

  @Test
  void whatTheUserWantsOfTheRunnersComesToThePythonOfEach() throws Exception {
    end("a", "good");
    scene.begin(MatrixChoices.USUAL, "a").get();
    KnownMatrix known = scene.known(scene.name());
    assertThat(need(known, Labels.NONE)).isEqualTo(Labels.NONE);
    assertThat(need(known, new Labels(List.of("gpu")))).isEqualTo(new Labels(List.of("gpu")));
    KnownMatrix py =
        new KnownMatrix(
            new RunId("m"), List.of(inEnvironment(known.runs().get(0), "py311-gpu")), true);
    assertThat(need(py, new Labels(List.of("gpu")))).isEqualTo(new Labels(List.of("gpu", "py311")));
  }

  @Test
  void whoFollowsItSeesItFromTheFirstByteAndLeavesItAlone() throws Exception {
    CompletableFuture<Integer> matrix = scene.begin(MatrixChoices.USUAL, "a", "b", "c");
    scene.awaitFile("a.began");
    scene.awaitFile("b.began");
    MatrixScene onlooker = scene.another();
    CompletableFuture<Integer> looks = onlooker.follow(scene.name(), Role.ONLOOKER);
    onlooker.awaitOut("a\n");
    onlooker.interrupt();
    assertThat(MatrixScene.code(looks)).isEqualTo(3);
    assertThat(onlooker.err()).contains("Left run " + scene.name() + " alone: it goes on.");
    MatrixScene stays = scene.another();
    CompletableFuture<Integer> looksOn = stays.follow(scene.name(), Role.ONLOOKER);
    stays.awaitOut("a\n");
    end("b", "good");
    end("c", "good");
    end("a", "good");
    assertThat(MatrixScene.code(matrix)).isZero();
    assertThat(MatrixScene.code(looksOn)).isZero();
    assertThat(stays.out()).isEqualTo("a\nb\nc\n").isEqualTo(scene.out());
    assertThat(stays.err()).isEqualTo(scene.err());
  }

  @Test
  void whoFollowsItFromNowOnSeesThatItRunsThoughItBeganBefore() throws Exception {
    CompletableFuture<Integer> matrix = scene.begin(MatrixChoices.USUAL, "a", "b");
    scene.awaitOut("a\n");
    scene.awaitFile("b.began");
    MatrixScene onlooker = scene.another();
    Request.Attach fromNow =
        new Request.Attach(scene.name(), Optional.empty(), true, Role.ONLOOKER, 0);
    CompletableFuture<Integer> looks =
        onlooker.begin(scene.name(), scene.known(scene.name()).followed(fromNow), false);
    onlooker.awaitErr("[RUN] a on local");
    end("a", "good");
    end("b", "good");
    assertThat(MatrixScene.code(looks)).isZero();
    assertThat(MatrixScene.code(matrix)).isZero();
  }

  @Test
  void whoTakesItEndsItAndWhoeverHadItLooksOn() throws Exception {
    CompletableFuture<Integer> matrix = scene.begin(MatrixChoices.USUAL, "a", "b", "c");
    scene.awaitFile("a.began");
    scene.awaitFile("b.began");
    MatrixScene taker = scene.another();
    CompletableFuture<Integer> takes = taker.follow(scene.name(), Role.TAKER);
    taker.awaitOut("a\n");
    scene.awaitOut("a\n");
    scene.awaitErr("Another client has taken the run over");
    taker.interrupt();
    assertThat(MatrixScene.code(takes)).isEqualTo(1);
    assertThat(MatrixScene.code(matrix)).isEqualTo(1);
    assertThat(scene.known(scene.name()).runs())
        .extracting(run -> run.state().wireName())
        .containsOnly("cancelled");
  }

  private static RunStatus inEnvironment(RunStatus run, String environment) {
    JsonObject row = ReplyJson.encode(run);
    new Cell(new RunId("m"), environment).writeTo(row);
    return ReplyJson.decodeStatus(new JsonObject().put("runs", new JsonArray().add(row)))
        .runs()
        .get(0);
  }

  private CompletableFuture<Integer> begin(Request.Run asked) {
    List<EnvironmentRun> all = scene.known(scene.name()).again(asked, AGAIN);
    return scene.begin(AGAIN, all, true);
  }

  private static Labels need(KnownMatrix known, Labels on) {
    Request again = known.again(asked(false, on), AGAIN).get(0).request();
    return ((Request.Run) again).invocation().on();
  }

  private static Request.Run asked(boolean failed, Labels on) {
    return new Request.Run(
        RunId.random(),
        new Invocation(List.of()).on(on),
        Optional.empty(),
        false,
        Optional.of(RunId.LAST),
        UserSide.UNKNOWN,
        Optional.empty(),
        failed,
        OptionalInt.empty(),
        Optional.empty(),
        false);
  }

  /** An environment ends so, as soon as it runs. */
  private void end(String environment, String how) throws Exception {
    Path made = Files.writeString(folder.resolve(environment + ".new"), how);
    Files.move(made, folder.resolve(environment), StandardCopyOption.REPLACE_EXISTING);
  }
}
