package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is done again, as the page shows it, and what an id stands for there. */
@Timeout(120)
class PageAgainIT {
  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir static Path folder;
  private static Server server;
  private static DetachedRuns runs;

  @BeforeAll
  static void start() throws Exception {
    String tox =
        Script.in(
            folder,
            """
            [ "$1" != round ] || { echo >> count; echo "number $(wc -l < count)"; }
            echo "it was given: $*"
            [ "$1" != round ] || [ "$(wc -l < count)" -lt 3 ] || sleep 600
            """);
    server = Server.start(folder, "--http", "0", "--jobs", "4", "--tox", tox);
    runs = new DetachedRuns(server);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void whoClicksTwiceOnRerunStartsOneRun() throws Exception {
    runs.run("once");
    Tab tab = open("once");
    tab.awaitText("passed");
    int before = runs.count();
    tab.script(
        """
        const rerun = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Rerun');
        rerun.click();
        rerun.click();
        """);
    tab.awaitAddress(address -> !address.endsWith("/once"));
    tab.awaitText("passed");
    assertThat(runs.count()).isEqualTo(before + 1);
  }

  @Test
  void anEarlierRoundOfALoopIsShownAsItWasAndLeadsToTheNext() throws Exception {
    runs.loop("loop", 3, "round");
    Tab tab = open("loop");
    tab.awaitText("number 1");
    tab.awaitText("The loop goes on");
    tab.click(".news a");
    tab.awaitText("number 2");
    tab.awaitText("The loop goes on");
    tab.reload();
    tab.awaitText("number 2");
    tab.click(".news a");
    tab.awaitText("number 3");
    tab.awaitText("running");
    assertThat(tab.text()).doesNotContain("number 2", "The loop goes on");
  }

  @Test
  void anotherRunOfTheSameIdTakesThePlaceOfTheOneThatIsShown() throws Exception {
    runs.run("same", "first");
    Tab tab = open("same");
    tab.awaitText("it was given: first");
    tab.awaitText("passed");
    runs.run("same", "second");
    tab.awaitText("it was given: second");
    tab.awaitText("passed");
    assertThat(tab.text()).contains("tox second").doesNotContain("first");
  }

  @Test
  void aRunThatTheServerDoesNotKnowIsNeitherCancelledNorSharedNorDoneAgain() {
    Tab tab = open("nobody");
    tab.awaitText("The server knows no such run.");
    assertThat(tab.text()).contains("unknown").doesNotContain("queued");
    for (String button : new String[] {"Cancel", "Share", "Rerun"}) {
      assertThat(tab.buttons(button)).as(button).isEmpty();
    }
  }

  private static Tab open(String run) {
    Tab tab = BROWSER.open(server.page());
    tab.awaitText("Accepted");
    tab.script("location.hash = arguments[0]", "#/runs/" + run);
    return tab;
  }
}
