package dev.toxserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the examples promise to who only reads them. */
class ExamplesTest {
  @Test
  void thePythonSubscriberHasAtMostAHundredLines() throws IOException {
    assertThat(Files.readAllLines(Path.of("examples", "subscriber.py")))
        .hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void theLockFileNamesNoRegistry() throws IOException {
    assertThat(Files.readString(Path.of("examples", "subscriber-node", "package-lock.json")))
        .contains("vertx3-tcp-eventbus-client")
        .doesNotContain("://");
  }
}
