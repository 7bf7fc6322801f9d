package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntilFailOptionTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void itIsOnceAtLeast(String rounds) {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--until-fail=" + rounds, "run");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("tox-server: --until-fail: N is a number from 1 on");
  }

  @Test
  void theWordBehindItIsTheCommandIfItIsNoNumber() {
    CommandLineResult result = CommandLineResult.of("-p", "1", "--until-fail", "status");
    assertThat(result.err())
        .startsWith("tox-server: --until-fail before the word is for run and rerun only");
  }
}
