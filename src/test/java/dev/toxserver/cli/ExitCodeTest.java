package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void scriptsRelyOnTheNumbers() {
    assertThat(ExitCode.OK.number()).isZero();
    assertThat(ExitCode.ERROR.number()).isEqualTo(1);
    assertThat(ExitCode.USAGE.number()).isEqualTo(2);
    assertThat(ExitCode.TIMED_OUT.number()).isEqualTo(2);
    assertThat(ExitCode.INTERRUPTED.number()).isEqualTo(3);
  }
}
