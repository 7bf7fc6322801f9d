package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.matrix.Shard;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A matrix that is split, at the command line and with a real server and real processes. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class MatrixPartTest {
  private static final String STATUS =
      """
      {"runs": [
        {"id": "a", "args": ["-e", "slow"], "state": "passed", "accepted": 1, "age": 1,
         "usual": {"duration": 90, "runs": 2}},
        {"id": "b", "args": ["-e", "quick"], "state": "passed", "accepted": 1, "age": 1,
         "usual": {"duration": 5, "runs": 2}},
        {"id": "c", "args": ["-e", "short"], "state": "passed", "accepted": 1, "age": 1,
         "usual": {"duration": 4, "runs": 2}}], "complete": true}
      """;

  @TempDir Path folder;

  @Test
  void withoutAFileItIsSplitByNameWhateverTheServerKnowsAndEachPartRunsWhatIsItsOwn(Vertx vertx)
      throws Exception {
    MatrixScene scene = new MatrixScene(vertx, folder, "[ $2 != slow ] || sleep 0.5; echo $2");
    String[] all = {"quick", "short", "slow"};
    scene.begin(MatrixChoices.USUAL, "slow", "quick", "short").get();
    for (int n = 1; n <= 2; n++) {
      MatrixScene part = scene.another();
      assertThat(MatrixScene.code(part.begin(part(n, 2), all))).isZero();
      assertThat(part.err())
          .startsWith(
              "[SHARD] "
                  + n
                  + "/2 of 1/2 quick, slow; 2/2 short\n"
                  + "tox-server: split by name alone; --shard-durations splits by time\n[MATRIX]");
      assertThat(part.out()).isEqualTo(n == 1 ? "quick\nslow\n" : "short\n");
    }
    MatrixScene nothing = scene.another();
    assertThat(MatrixScene.code(nothing.begin(part(4, 4), all))).isZero();
    assertThat(nothing.err()).contains("; 4/4 -\n").doesNotContain("[MATRIX]");
  }

  @Test
  void onlyAPartHasABound(Vertx vertx) throws Exception {
    MatrixScene scene = new MatrixScene(vertx, folder, "exit 0");
    String[] all = IntStream.range(0, 101).mapToObj(n -> "e" + n).toArray(String[]::new);
    assertThat(MatrixScene.code(scene.begin(MatrixChoices.USUAL, all))).isEqualTo(1);
    assertThat(scene.err())
        .isEqualTo(
            "tox-server: a matrix has at most 100 environments, and these are 101; --shard N/M"
                + " runs a part of them\n");
    assertThat(MatrixScene.code(scene.another().begin(part(1, 101), all))).isZero();
  }

  @Test
  void whereNoneIsKnownOrNotAllThatIsSaid() {
    List<String> said = new ArrayList<>();
    for (Map<String, Long> usual : List.of(Map.<String, Long>of(), Map.of("a", 5L))) {
      MatrixPart part = new MatrixPart(new Shard(1, 2), Optional.of(usual));
      assertThat(part.of(List.of("a", "b"), said::add)).containsExactly("a");
    }
    assertThat(said)
        .containsExactly(
            "[SHARD] 1/2 of 1/2 a; 2/2 b",
            "tox-server: no usual duration is known: each environment counts the same",
            "[SHARD] 1/2 of 1/2 a; 2/2 b",
            "tox-server: no usual duration is known of b, which counts as the median");
  }

  @Test
  void durationsMayComeFromAFileThatAllMachinesHave() throws Exception {
    Files.writeString(folder.resolve("durations.json"), STATUS);
    MatrixChoices choices =
        MatrixChoices.of(
            MatrixOptionsTest.parsed("--shard 2/2 matrix --shard-durations durations.json"),
            folder);
    MatrixPart part = choices.part().orElseThrow();
    assertThat(part.shard()).isEqualTo(new Shard(2, 2));
    assertThat(part.durations())
        .contains(Map.of("slow", 90_000L, "quick", 5_000L, "short", 4_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shard 0/2 matrix             | must be N/M, the Nth of M parts",
        "matrix --shard 2               | must be N/M, the Nth of M parts",
        "matrix --shard-durations f     | --shard-durations: is for --shard only",
        "matrix --shard 1/2 --shard-durations /no/such/file | --shard-durations: /no/such/file can't be read: no such file",
        "matrix --shard 1/2 --shard-durations /etc/passwd   | --shard-durations: ",
        "--shard 1/2 run                | --shard before the word is for matrix only",
      })
  void whatMakesNoSenseIsAnErrorOfOneLineBeforeAnythingIsAsked(String typed, String problem) {
    CommandLineResult result = CommandLineResult.of(("-p 1 " + typed.strip()).split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(problem.strip()).hasLineCount(1);
  }

  private static MatrixChoices part(int number, int parts) {
    return new MatrixChoices(
        false,
        false,
        false,
        Optional.of(new MatrixPart(new Shard(number, parts), Optional.empty())));
  }
}
