package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class GuardianTest {
  /** A group of 0 is the guardian's own, -1 is everybody, and no mark would be everybody's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+ 0 123",
        "+ 1 123",
        "+ -1 123",
        "+ 00 123",
        "+ 7x 123",
        "+",
        "+ 4194305",
        "+ 4194305 x",
        "+ 4194305 0",
        "i 0",
        "i -1",
        "i",
        "i x"
      })
  void whatIsNoProcessAndNoMarkIsNotHeeded(String order) throws Exception {
    Process guardian =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                "sleep 600 >/dev/null & echo $!; exec sh -c \"$0\"",
                ShellScript.read("guardian.sh"))
            .start();
    BufferedReader out = guardian.inputReader();
    ProcessHandle witness = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    try {
      guardian.outputWriter().append(order).append('\n').close();

      assertThat(guardian.waitFor()).isZero();
      assertThat(witness.isAlive()).isTrue();
    } finally {
      witness.destroyForcibly();
      witness.onExit().get(5, TimeUnit.SECONDS);
    }
  }
}
