package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryLostOptionTest {
  @ParameterizedTest
  @ValueSource(strings = {"--stdin", "--tty"})
  void withWhatIsTypedItMakesNoSense(String flag) {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--retry-lost", flag, "run");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("--retry-lost: what was typed into a run is gone when it begins anew");
  }

  @Test
  void itIsForRunsOnly() {
    CommandLineResult result = CommandLineResult.of("--retry-lost", "watch");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("--retry-lost before the word is for run, exec, rerun and matrix only");
  }
}
