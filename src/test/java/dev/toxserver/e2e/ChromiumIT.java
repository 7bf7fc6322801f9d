package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The browser that tests of the page are given. */
@Timeout(120)
class ChromiumIT {
  @Test
  void itsScriptsRunAndItEndsWithAllThatItHasStarted() throws Exception {
    Path folder;
    try (Chromium chromium = new Chromium()) {
      folder = chromium.folder();
      chromium.driver().get("data:text/html,<p>hello");
      assertThat(chromium.driver().executeScript("return document.body.innerText"))
          .isEqualTo("hello");
    }
    assertThat(Proc.commandLines()).doesNotContain(folder.toString());
    assertThat(folder).doesNotExist();
  }
}
