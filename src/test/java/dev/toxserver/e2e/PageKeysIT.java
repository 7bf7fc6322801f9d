package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * All that the page can do is done by the keyboard alone, and its user always sees where that is.
 */
@Timeout(120)
class PageKeysIT {
  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path folder;

  @Test
  void runsAreFoundReadCancelledSharedAndDoneAgainWithoutAMouse() throws Exception {
    String tox =
        Script.in(folder, "echo \"it was given: $*\"; [ \"$1\" != wait ] || exec sleep 600");
    try (Server server = Server.start(folder, "--http", "0", "--jobs", "9", "--tox", tox)) {
      DetachedRuns runs = new DetachedRuns(server);
      runs.run("a", "first");
      runs.run("b", "wait");
      runs.cell("c", "py311", "m", "wait", "cell");
      Tab tab = BROWSER.open("http://127.0.0.1:%d/".formatted(server.httpPort()));
      tab.awaitText("Enter");
      tab.type(server.token(), Keys.ENTER);
      tab.awaitText("3 runs");

      awaitFocus(tab, "tox wait cell");
      tab.type("j");
      awaitFocus(tab, "tox wait");
      tab.script("window.row = document.activeElement");
      runs.run("d", "fourth");
      tab.awaitText("4 runs");
      assertThat(tab.script("return row === document.activeElement")).isEqualTo(true);
      tab.type("/", "wait", Keys.ESCAPE);
      tab.awaitText("2 of 4 runs");
      awaitFocus(tab, "tox wait");
      tab.type(Keys.ENTER);
      awaitFocus(tab, "▶tox wait");
      tab.awaitText("it was given: wait");
      tab.type(Keys.TAB);
      awaitFocus(tab, "Cancel");
      tab.type(Keys.ENTER);
      tab.awaitText("cancelled");
      awaitFocus(tab, "⊘tox wait");
      tab.type(Keys.TAB);
      awaitFocus(tab, "Share");
      runs.run("e", "wait");
      tab.awaitText("Last 2");
      awaitFocus(tab, "Share");
      tab.type(Keys.ENTER);
      tab.awaitText("Whoever has this link");
      assertThat(tab.script("return getSelection().toString()")).asString().contains("&run=b");
      tab.type(Keys.ESCAPE);
      tab.awaitText("3 of 5 runs");
      awaitFocus(tab, "tox wait");
      tab.type(Keys.ENTER);
      awaitFocus(tab, "⊘tox wait");
      tab.type(Keys.TAB, Keys.TAB);
      awaitFocus(tab, "Rerun");
      tab.type(Keys.ENTER);
      awaitFocus(tab, "▶tox wait");
      assertThat(tab.address()).doesNotEndWith("/b");

      tab.type("m");
      awaitFocus(tab, "py311: running.*");
      tab.type(Keys.chord(Keys.SHIFT, Keys.TAB), Keys.chord(Keys.SHIFT, Keys.TAB));
      tab.type(Keys.chord(Keys.SHIFT, Keys.TAB));
      awaitFocus(tab, "Cancel the matrix");
      tab.type(Keys.ENTER);
      tab.awaitText("1 cancelled");
      awaitFocus(tab, "py311: cancelled.*");
      tab.type(Keys.ENTER);
      awaitFocus(tab, "⊘tox wait cell");
    }
  }

  /** What has the focus is named so, and has a line around it. */
  private static void awaitFocus(Tab tab, String name) {
    tab.awaitScript(
        """
        const { activeElement: active } = document;
        const name = active.ariaLabel ?? active.textContent;
        const drawn = [undefined, '::after'].map((part) => getComputedStyle(active, part).outlineStyle);
        const seen = active.matches(':focus-visible') && drawn.some((style) => style !== 'none');
        const right = new RegExp(`^${arguments[0]}$`).test(name) && seen;
        return right || name + (seen ? '' : ', not to be seen');
        """,
        name);
  }
}
