package dev.toxserver.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixDigestTest {
  private static final RunId MATRIX = new RunId("m");
  private static final ProjectPaths PATHS = new ProjectPaths("/srv", Path.of("/"), Path.of("/"));

  @Test
  void howeverManyHaveFailedItHasFourKilobytesAndNamesTheOthers() {
    List<MatrixDigest.Failed> failed = new ArrayList<>();
    for (int n = 0; n < 500; n++) {
      OutputEnd output = new OutputEnd();
      output.take(Stream.STDOUT, "é\033[31m".repeat(1_000).getBytes(StandardCharsets.UTF_8));
      failed.add(
          new MatrixDigest.Failed(
              "py" + n, new RunId("r" + n), new Outcome.Failed("gone\u202E"), output));
    }
    String digest = MatrixDigest.of(MATRIX, "failed", failed, List.of("passed: lint"), PATHS);
    assertThat(digest.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4_096);
    assertThat(digest)
        .startsWith("failed\npy0 (r0) gone: é")
        .containsPattern("\nand \\d+ more environments that failed\npassed: lint\n")
        .endsWith("\nWhole output: tox-server logs m\n")
        .doesNotContain("\033", "\u202E");
  }

  @Test
  void howeverManyHavePassedItHasThreeHundredBytes() {
    String names = "passed: " + "py311, ".repeat(500);
    String digest = MatrixDigest.of(MATRIX, "passed in 1 s", List.of(), List.of(names), PATHS);
    assertThat(digest.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(300);
    assertThat(digest).startsWith("passed in 1 s\npassed: py311").endsWith(" logs m\n");
  }
}
