package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a real server and real processes. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class MatrixDialogueTest {
  private static final MatrixChoices USUAL = new MatrixChoices(false, false, false);
  private static final MatrixChoices FAIL_FAST = new MatrixChoices(false, true, false);

  @TempDir Path folder;
  private Vertx vertx;

  @BeforeEach
  void remember(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void theOutputFollowsInToxsOrderThoughTheSecondEndsFirst() throws Exception {
    MatrixScene scene =
        scene(
            """
            if [ $1 = -l ]; then echo .tox create: x; echo slow; echo quick; exit; fi
            if [ $2 = slow ]; then
              until [ -e $here/quick ]; do sleep 0.1; done
              echo slow
            else
              echo err >&2; sleep 0.1; echo quick; touch $here/quick
            fi
            """);
    assertThat(MatrixScene.code(scene.begin(USUAL))).isZero();
    assertThat(scene.out()).isEqualTo("slow\nquick\n");
    assertThat(scene.err())
        .isEqualTo(
            """
            [MATRIX] ID: slow, quick
            [RUN] slow on local (ID)
            [DONE] slow: passed in T
            [RUN] quick on local (ID)
            err
            [DONE] quick: passed in T

            ENVIRONMENT  RUNNER  RESULT  TIME
            slow         local   passed  T
            quick        local   passed  T
            Sum T, by the clock T
            """);
  }

  @Test
  void whatFailedIsToldAgainInShortAndTheCodeIsThatOfToxsParallelMode() throws Exception {
    MatrixScene scene = scene("echo first; seq 3 12; [ $2 = a ] || exit 7");
    assertThat(MatrixScene.code(scene.begin(USUAL, "a", "b", "c"))).isEqualTo(1);
    assertThat(scene.err())
        .contains("[FAIL] b: failed in T\n")
        .contains("\nb failed; 'tox-server logs ID' shows all of it, which ends so:\n  3\n  4\n")
        .contains("  12\n\nc failed;")
        .contains("\nc            local   failed  T\n");
    assertThat(MatrixScene.code(scene.begin(USUAL, "b"))).isEqualTo(7);
  }

  @Test
  void everyByteOfThreeBigOutputsComesHomeInOrder() throws Exception {
    Random random = new Random(1);
    for (String name : new String[] {"a", "b", "c"}) {
      byte[] bytes = new byte[3_000_000];
      random.nextBytes(bytes);
      Files.write(folder.resolve(name), bytes);
    }
    MatrixScene scene = scene("cat $here/$2");
    assertThat(MatrixScene.code(scene.begin(USUAL, "a", "b", "c"))).isZero();
    random.setSeed(1);
    byte[] all = scene.out.toByteArray();
    assertThat(all).hasSize(9_000_000);
    for (int at = 0; at < all.length; at += 3_000_000) {
      byte[] bytes = new byte[3_000_000];
      random.nextBytes(bytes);
      assertThat(Arrays.mismatch(bytes, Arrays.copyOfRange(all, at, at + 3_000_000))).isEqualTo(-1);
    }
  }

  @Test
  void whereNoRunnerCanTakeOneNothingIsStarted() throws Exception {
    MatrixScene scene = scene("touch $here/started");
    assertThat(MatrixScene.code(scene.begin(USUAL, "lint", "py27", "pypy310"))).isEqualTo(1);
    assertThat(scene.err())
        .isEqualTo(
            "tox-server: no runner can take py27 (needs py27), pypy310 (needs pypy310); the runners"
                + " have linux, x86_64 ('runners' shows which has what); --skip-missing-runners leaves"
                + " such environments out\n");
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void theUserMayDoWithoutThose() throws Exception {
    MatrixScene scene = scene("echo $2");
    MatrixChoices skip = new MatrixChoices(false, false, true);
    assertThat(MatrixScene.code(scene.begin(skip, "py27", "lint"))).isZero();
    assertThat(scene.out()).isEqualTo("lint\n");
    assertThat(scene.err()).contains("py27         -       skipped  - (no runner has py27)\n");
    assertThat(MatrixScene.code(scene.begin(skip, "py27"))).isEqualTo(1);
  }

  @Test
  void whatToxSaysInPlaceOfItsEnvironmentsIsShown() throws Exception {
    MatrixScene scene = scene("echo out; echo no tox.ini here >&2; exit 2");
    assertThat(MatrixScene.code(scene.begin(USUAL))).isEqualTo(1);
    assertThat(scene.err())
        .startsWith("tox-server: 'tox -l' tells no environments (exit code 2); it said:\n")
        .contains("no tox.ini here");
    assertThat(scene.out()).isEmpty();
  }

  @Test
  void withFailFastTheOthersAreEndedWholeThoseInTheQueueToo() throws Exception {
    MatrixScene scene =
        scene(
            """
            if [ $2 = bad ]; then until [ -s $here/pid ]; do sleep 0.1; done; exit 7; fi
            sleep 600 & echo $! >$here/pid; wait
            """);
    assertThat(MatrixScene.code(scene.begin(FAIL_FAST, "good", "bad", "late", "last")))
        .isEqualTo(7);
    assertThat(scene.err())
        .contains("[FAIL] good: cancelled after T\n", "[FAIL] bad: failed in T\n")
        .contains("[FAIL] late: cancelled", "[FAIL] last: cancelled");
    assertNobodyIsLeft();
  }

  @Test
  void oneInterruptEndsAllAndWaitsForTheirTeardown() throws Exception {
    MatrixScene scene = scene(sleeper());
    CompletableFuture<Integer> matrix = scene.begin(USUAL, "a", "b", "c");
    scene.awaitFile("a.began");
    scene.awaitFile("b.began");
    scene.interrupt();
    assertThat(MatrixScene.code(matrix)).isEqualTo(1);
    assertThat(scene.out())
        .as("that of a, which is live; b's is not wanted")
        .isEqualTo("torn down a\n");
    assertThat(scene.err())
        .contains("Cancelling matrix with the server. ^C again to exit.\n")
        .contains("a            local   cancelled  T\n", "c            -       cancelled  -\n");
    assertNobodyIsLeft();
  }

  @Test
  void aSecondInterruptLeavesAtOnce() throws Exception {
    MatrixScene scene = scene("trap '' INT TERM; touch $here/$2.began; while :; do sleep 1; done");
    CompletableFuture<Integer> matrix = scene.begin(USUAL, "a", "b");
    scene.awaitFile("a.began");
    scene.interrupt();
    scene.interrupt();
    assertThat(MatrixScene.code(matrix)).isEqualTo(3);
    assertThat(scene.err()).endsWith("Command matrix interrupted!\n");
  }

  @Test
  void aSignalEndsAllAndTheExitCodeTellsIt() throws Exception {
    MatrixScene scene = scene(sleeper());
    CompletableFuture<Integer> matrix = scene.begin(USUAL, "a", "b", "c");
    scene.awaitFile("a.began");
    scene.awaitFile("b.began");
    scene.terminate(15);
    assertThat(MatrixScene.code(matrix)).isEqualTo(143);
    assertThat(scene.err()).as("no verdict on what was not waited for").doesNotContain("[FAIL]");
    assertNobodyIsLeft();
    assertThat(folder.resolve("c.began")).doesNotExist();
  }

  @Test
  void anInterruptDuringTheFirstQuestionsLeavesWithoutAMatrix() throws Exception {
    MatrixScene scene = scene("sleep 600 & echo $! >$here/pid; touch $here/asked.began; wait");
    CompletableFuture<Integer> matrix = scene.begin(USUAL);
    scene.awaitFile("asked.began");
    scene.interrupt();
    assertThat(MatrixScene.code(matrix)).isEqualTo(3);
    assertThat(scene.err())
        .isEqualTo(
            "Cancelling run with the server. ^C again to exit.\nCommand matrix interrupted!\n");
    assertNobodyIsLeft();
  }

  @Test
  void liveOutputComesAtOnceWithItsEnvironmentBeforeEachLine() throws Exception {
    MatrixScene scene =
        scene(
            """
            if [ $2 = slow ]; then until [ -e $here/quick ]; do sleep 0.1; done; fi
            echo $2; touch $here/$2
            """);
    MatrixChoices live = new MatrixChoices(true, false, false);
    assertThat(MatrixScene.code(scene.begin(live, "slow", "quick"))).isZero();
    assertThat(scene.out()).isEqualTo("quick | quick\nslow  | slow\n");
    assertThat(scene.err()).contains("slow  | [RUN] slow on local (ID)\n", "quick | [DONE] quick");
  }

  private MatrixScene scene(String script) throws Exception {
    return new MatrixScene(vertx, folder, "here=" + folder + "\n" + script);
  }

  private static String sleeper() {
    return """
        trap 'echo torn down $2; exit 3' INT
        sleep 600 & echo $! >$here/pid; touch $here/$2.began; wait
        """;
  }

  private void assertNobodyIsLeft() throws Exception {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid"), UTF_8).strip());
    Awaitility.await().until(() -> ProcessHandle.of(pid).isEmpty());
  }
}
