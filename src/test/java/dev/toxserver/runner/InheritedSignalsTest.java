package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a set of signals, SIGINT is 2, SIGQUIT 4, and all others are of no interest here. */
class InheritedSignalsTest {
  private static final String NONE = "0000000000000000";

  @Test
  void aProgramThatNeitherBlocksNorIgnoresThemIsReached() {
    assertThat(InheritedSignals.letInterruptsThrough(status(NONE, NONE))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0000000000000002", "0000000000000004", "0000000000000006", "ffffffffffffffff"})
  void oneThatBlocksOrIgnoresOneOfThemIsNot(String signals) {
    assertThat(InheritedSignals.letInterruptsThrough(status(signals, NONE))).isFalse();
    assertThat(InheritedSignals.letInterruptsThrough(status(NONE, signals))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0000000000000001", "0000000000000008", "fffffffffffffff9"})
  void otherSignalsDoNotMatter(String signals) {
    assertThat(InheritedSignals.letInterruptsThrough(status(signals, signals))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"''", "SigBlk:\t0", "SigIgn:\t0", "'SigBlk:\t0\nSigIgn:\tx'"})
  void whatCanNotBeReadIsTakenForTheWorst(String status) {
    assertThat(InheritedSignals.letInterruptsThrough(status)).isFalse();
  }

  /** What a program inherits from this process is what the shell that it starts has. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void itIsAskedOfAProgramThatThisProcessStarts() throws IOException {
    Process child = new ProcessBuilder("cat").start();
    try {
      String status = Files.readString(Path.of("/proc/" + child.pid() + "/status"));
      assertThat(InheritedSignals.letInterruptsThrough())
          .isEqualTo(InheritedSignals.letInterruptsThrough(status));
    } finally {
      child.destroyForcibly();
    }
  }

  private static String status(String blocked, String ignored) {
    return "Name:\tcat\nSigPnd:\tffffffffffffffff\nSigBlk:\t%s\nSigIgn:\t%s\nSigCgt:\tffffffffffffffff\n"
        .formatted(blocked, ignored);
  }
}
