package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code --digest matrix}, with a real server and real processes. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class DigestScreenTest {
  private static final MatrixChoices FAIL_FAST = new MatrixChoices(false, true, false);

  @TempDir Path folder;

  @Test
  void oneThatHasPassedIsTwoLinesAndShowsNoOutput(Vertx vertx) throws Exception {
    MatrixScene scene = new MatrixScene(vertx, folder, "seq 10000").digested();
    assertThat(MatrixScene.code(scene.begin(MatrixChoices.USUAL, "a", "b"))).isZero();
    assertThat(scene.digest())
        .isEqualTo("passed in T\npassed: a, b\nWhole output: tox-server logs ID\n");
    assertThat(scene.err()).isEqualTo("[MATRIX] ID: a, b\n");
  }

  @Test
  void whatHasFailedIsALineWithItsIdAndWhatIsWrongFirst(Vertx vertx) throws Exception {
    Files.createDirectories(folder.resolve("tests"));
    Files.createFile(folder.resolve("tests/test_a.py"));
    String script =
        "[ $2 = good ] && exit; echo 'tests/test_a.py:3: assert 1 == 2'; seq 10000; exit 7";
    MatrixScene scene = new MatrixScene(vertx, folder, script).digested();
    assertThat(MatrixScene.code(scene.begin(MatrixChoices.USUAL, "bad", "good"))).isEqualTo(1);
    assertThat(scene.digest())
        .isEqualTo(
            """
            failed in T: bad
            bad (ID) failed in T, exit code 7: tests/test_a.py:3: assert 1 == 2
            passed: good
            Whole output: tox-server logs ID
            """);
  }

  @Test
  void whatWasEndedForAnothersSakeIsToldApart(Vertx vertx) throws Exception {
    String script = "[ $2 = bad ] && exit 7; sleep 60";
    MatrixScene scene = new MatrixScene(vertx, folder, script).digested();
    assertThat(MatrixScene.code(scene.begin(FAIL_FAST, "bad", "slow"))).isEqualTo(7);
    assertThat(scene.digest())
        .startsWith("failed in T: bad\nbad (ID) failed in T, exit code 7\ncancelled: slow\n");
  }
}
