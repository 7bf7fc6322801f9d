package dev.toxserver.client.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForegroundTest {
  @ParameterizedTest
  @CsvSource({
    "12 (java) S 1 12 10 34816 12 4194304, true",
    "12 (java) S 1 12 10 34816 10 4194304, false",
    "12 (a) S 1 5) S 1 12 10 34816 12 4194304, true",
    "12 (java) S 1 12 12 0 -1 4194304, true"
  })
  void itIsOursIfOurGroupHasTheTerminalOrThereIsNone(String stat, boolean ours) {
    assertThat(Foreground.isForeground(stat)).isEqualTo(ours);
  }
}
