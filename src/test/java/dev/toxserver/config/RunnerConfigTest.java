package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunnerConfigTest {
  private static final long MIB = 1 << 20;

  private final RunnerConfig config =
      RunnerConfig.from(new Settings(Map.of(), Map.of(), Map.of()), Map.of());

  @Test
  void soManyRunsAsThereMayBeShareTheMemoryThatTheirOutputMayTake() {
    assertThat(config.sharing(1, 32 * MIB).windowBytes()).isEqualTo(config.windowBytes());
    assertThat(config.sharing(64, 32 * MIB).windowBytes()).isEqualTo(MIB / 2);
    assertThat(config.sharing(1_000, 32 * MIB).windowBytes()).as("an event").isEqualTo(65_536);
  }
}
