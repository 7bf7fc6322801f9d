package dev.toxserver.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunnerStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakersTest {
  private static final Labels GPU = new Labels(List.of("gpu"));

  @Test
  void anEnvironmentNeedsItsPythonBesideWhatTheUserSays() {
    assertThat(Takers.need("py311-slow", GPU).names()).containsExactly("gpu", "py311");
    assertThat(Takers.need("lint", Labels.NONE)).isEqualTo(Labels.NONE);
  }

  @Test
  void oneRunnerMustHaveAllOfThem() {
    Takers takers = new Takers(List.of(runner("py311", "linux"), runner("gpu")));
    assertThat(takers.canTake(Takers.need("py311", Labels.NONE))).isTrue();
    assertThat(takers.canTake(Takers.need("lint", Labels.NONE))).isTrue();
    assertThat(takers.canTake(Takers.need("py312", Labels.NONE))).isFalse();
    assertThat(takers.canTake(Takers.need("py311", GPU))).isFalse();
  }

  @Test
  void aRunnerThatHasNotLookedYetMayHaveAll() {
    assertThat(new Takers(List.of(runner())).canTake(GPU)).isTrue();
    assertThat(new Takers(List.of()).canTake(Labels.NONE)).isFalse();
  }

  @Test
  void oneLineNamesAllThatCannotBeTakenAndAllLabelsThatThereAre() {
    Takers takers = new Takers(List.of(runner("py311", "linux"), runner("linux", "gpu")));
    Map<String, Labels> needs = new LinkedHashMap<>();
    needs.put("py39", Takers.need("py39", Labels.NONE));
    needs.put("py310", Takers.need("py310", GPU));
    assertThat(takers.problem(needs))
        .isEqualTo(
            "no runner can take py39 (needs py39), py310 (needs gpu, py310); the runners have gpu,"
                + " linux, py311 ('runners' shows which has what); --skip-missing-runners leaves such"
                + " environments out");
    assertThat(new Takers(List.of()).problem(needs)).contains("no runner has joined this server");
  }

  private static RunnerStatus runner(String... labels) {
    return new RunnerStatus(
        "r", RunnerStatus.State.AWAY, new Labels(Arrays.asList(labels)), 1, 0, "", "1");
  }
}
