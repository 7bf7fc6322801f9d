package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SpareDescriptorsTest {
  private final int before = open();
  private final SpareDescriptors spare = new SpareDescriptors();

  @AfterEach
  void close() {
    spare.close();
  }

  @Test
  void someAreKeptAndGivenUpForTheTimeOfALoan() throws Exception {
    assertThat(open()).isEqualTo(before + 4);
    assertThat(spare.lend(SpareDescriptorsTest::open)).isEqualTo(before);
    assertThat(open()).isEqualTo(before + 4);
  }

  @Test
  void theyAreKeptAgainWhenTheWorkHasFailed() {
    assertThatThrownBy(
            () ->
                spare.lend(
                    () -> {
                      throw new IOException("in vain");
                    }))
        .hasMessage("in vain");
    assertThat(open()).isEqualTo(before + 4);
  }

  @Test
  void noneIsKeptInTheEnd() {
    spare.close();
    assertThat(open()).isEqualTo(before);
  }

  /** How many of this process's descriptors are of the file that is good for nothing. */
  private static int open() {
    int count = 0;
    for (String each : new File("/proc/self/fd").list()) {
      try {
        Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", each));
        count += target.equals(Path.of("/dev/null")) ? 1 : 0;
      } catch (IOException e) {
        // It was closed meanwhile.
      }
    }
    return count;
  }
}
