package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LaunchExceptionTest {
  @Test
  void whatJavaSaysInManyLinesIsToldInOneWithTheProgramAlone() {
    LaunchException told =
        LaunchException.of(
            "tox", new IOException("Cannot run \"setsid\"", new IOException("error=7\nand\nmore")));
    assertThat(told).hasMessage("the server could not start tox: error=7");
    assertThat(told.returncode()).isEqualTo(RunEvent.Exit.NOT_STARTED);
  }

  @Test
  void aFailureWithoutACauseIsToldItself() {
    assertThat(LaunchException.of("tox", new IOException("odd")))
        .hasMessage("the server could not start tox: odd");
  }

  @Test
  void aFailureThatSaysNothingIsToldAllTheSame() {
    assertThat(LaunchException.of("tox", new IOException("")))
        .hasMessage("the server could not start tox: ");
  }

  @Test
  void aLimitThatIsReachedIsToldInTheUsersWords() {
    assertThat(LaunchException.of("tox", new IOException("Resource temporarily unavailable")))
        .hasMessageEndingWith(
            "tox: no process can be had, a limit of the machine or the container is reached");
  }

  @Test
  void whoKnowsTheReturncodeNamesIt() {
    assertThat(new LaunchException(127, "no tox").returncode()).isEqualTo(127);
  }
}
