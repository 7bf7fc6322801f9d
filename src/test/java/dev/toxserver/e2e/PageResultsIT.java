package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What failed in a run of real tox is told by the page, to whoever has a link to that run, too. */
@Timeout(120)
class PageResultsIT {
  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path folder;

  @Test
  void aFailedTestIsTold() throws Exception {
    ResultsIT.writeProject(folder);
    try (Server server = Server.start(folder, "--http", "0", "--results");
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).as(run.out().text()).isNotZero();

      Tab tab = BROWSER.open(server.page());
      tab.awaitText("Accepted");
      tab.type("j", Keys.ENTER);
      tab.awaitText("1 passed, 1 failed");
      tab.awaitText("test_a.py:3");
      assertThat(tab.text()).contains("assert 1 == 2", "test_a::test_bad");
      assertThat(tab.buttons("Rerun what failed")).hasSize(1);
      assertThat(tab.violations()).isEmpty();

      try (JarProcess share = server.client("share")) {
        assertThat(share.exitCode()).as(share.err().text()).isZero();
        tab.go(share.out().text().strip());
      }
      tab.awaitText("test_a.py:3");
      assertThat(tab.text()).doesNotContain("Accepted", "Runs");
      assertThat(tab.buttons("Rerun")).isEmpty();
      assertThat(tab.buttons("Share")).isEmpty();
      assertThat(tab.violations()).isEmpty();
    }
  }
}
