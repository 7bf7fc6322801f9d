package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What its user sees of runs in the page, and does with them; by axe-core nobody is left out. */
@Timeout(120)
class PageRunIT {
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
            case "$1" in
              wait) printf '\\033[31mred\\033[0m begun\\n'; while [ ! -e "$2" ]; do sleep 0.05; done; echo done;;
              fail) echo broken >&2; exit 3;;
              *) echo "$@";;
            esac
            """);
    server = Server.start(folder, "--http", "0", "--jobs", "4", "--tox", tox);
    runs = new DetachedRuns(server);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void aRunOfTheClientAppearsAndIsSeenLiveToItsEnd() throws Exception {
    Tab tab = BROWSER.open(server.page());
    tab.awaitText("Accepted");
    Path go = folder.resolve("go");
    try (JarProcess run = server.client("run", "wait", go.toString())) {
      tab.awaitText("tox wait " + go);
      assertThat(tab.violations()).isEmpty();
      tab.type("j", Keys.ENTER);
      tab.awaitText("red begun");
      assertThat(tab.text()).contains("running").doesNotContain("done");
      assertThat(tab.all(".xterm-fg-1")).as("what is red").isNotEmpty();
      assertThat(tab.buttons("Cancel")).hasSize(1);
      assertThat(tab.violations()).isEmpty();
      Files.createFile(go);
      assertThat(run.exitCode()).isZero();
      tab.awaitText("done");
      tab.awaitText("passed");
      assertThat(tab.buttons("Cancel")).isEmpty();
    }
    tab.type(Keys.ESCAPE);
    tab.awaitText("Accepted");
    assertThat(tab.all("[role=table]")).hasSize(1);
  }

  @Test
  void itIsCancelledAndDoneAgainByButtons() throws Exception {
    runs.run("cancelled-one", "wait", folder + "/never");
    runs.run("failed-one", "fail");
    Tab tab = BROWSER.open(server.page());
    await().atMost(Captured.DEADLINE).until(() -> tab.row("cancelled-one").contains("running"));
    tab.click("a[href='#/runs/cancelled-one']");
    tab.awaitText("red begun");
    tab.press("Cancel");
    tab.awaitText("cancelled");
    tab.press("Rerun");
    tab.awaitText("running");
    assertThat(tab.address()).doesNotContain("cancelled-one");
    tab.press("Cancel");
    tab.awaitText("cancelled");

    tab.script("location.hash = '#/runs/failed-one'");
    tab.awaitText("failed with exit code 3");
    tab.awaitText("broken");
  }

  @Test
  void whoMayOnlyReadHasNoButtons() throws Exception {
    runs.run("read-one", "wait", folder + "/never");
    String token;
    try (JarProcess create = server.client("token", "create", "--may", "read")) {
      assertThat(create.exitCode()).as(create.err().text()).isZero();
      token = create.out().text().strip();
    }
    Tab tab = BROWSER.open("http://127.0.0.1:%d/#token=%s".formatted(server.httpPort(), token));
    tab.awaitText("Accepted");
    tab.script("location.hash = '#/runs/read-one'");
    tab.awaitText("red begun");
    assertThat(tab.buttons("Cancel")).isEmpty();
    runs.cancel("read-one");
    tab.awaitText("cancelled");
    assertThat(tab.buttons("Rerun")).isEmpty();
  }

  @Test
  void aMatrixIsAGridOnWideAndNarrowScreensInLightAndDark() throws Exception {
    runs.cell("m-1", "py311", "m", "a");
    runs.cell("m-2", "py312", "m", "fail");
    Tab tab = BROWSER.open(server.page());
    tab.awaitText("Accepted");
    tab.type("m");
    tab.awaitText("Matrix m: ");
    tab.awaitText("1 failed, 1 passed");
    tab.script("window.place = document.querySelector('.grid')");
    tab.script("document.querySelector('.grid a[href=\"#/runs/m-1\"]').focus()");
    runs.cell("m-3", "py313", "m", "a");
    tab.awaitText("1 failed, 2 passed");
    String kept = "return document.activeElement.hash + place.isConnected";
    assertThat(tab.script(kept)).as("what is new takes no focus").isEqualTo("#/runs/m-1true");
    for (String view : List.of("#/matrix", "#/", "#/runs/m-2")) {
      tab.script("location.hash = arguments[0]", view);
      tab.awaitText(view.endsWith("m-2") ? "broken" : "py312");
      assertThat(tab.violationsAnywhere()).as(view).isEmpty();
    }
  }
}
