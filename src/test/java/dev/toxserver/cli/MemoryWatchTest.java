package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process of its own for each place: {@link Exhaustion}. */
@Timeout(60)
class MemoryWatchTest {
  @ParameterizedTest
  @CsvSource({
    "-XX:+UseSerialGC, event loop",
    "-XX:+UseSerialGC, worker",
    "-XX:+UseSerialGC, socket",
    "-XX:+UseG1GC, thread",
    "-XX:+UseG1GC, JSON",
    "-XX:+UseG1GC, one large array after another"
  })
  void whoRunsOutOfMemorySaysSoAndLeaves(String collector, String place) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                collector,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Exhaustion.class.getName(),
                place)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it has left").isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitCode.ERROR.number());
      assertThat(new String(process.getErrorStream().readAllBytes()))
          .contains("tox-server: out of memory");
    } finally {
      process.destroyForcibly();
    }
  }
}
