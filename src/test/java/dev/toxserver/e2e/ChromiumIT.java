package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The browser that tests of the page are given. */
@Timeout(120)
class ChromiumIT {
  @TempDir Path folder;

  @Test
  void itsScriptsRunAndItEndsWithAllThatItHasStarted() throws Exception {
    try (Chromium chromium = new Chromium(folder)) {
      chromium.driver().get("data:text/html,<p>hello");
      assertThat(chromium.driver().executeScript("return document.body.innerText"))
          .isEqualTo("hello");
    }
    assertThat(Proc.commandLines()).doesNotContain(folder.toString());
  }
}
