package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Who is let in by the page, with what, and what is left of it. */
@Timeout(120)
class PageIT {
  private static final Pattern ADDRESS = Pattern.compile("The page is at \\S+#token=(\\S+)");

  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path folder;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(folder, "--http", "0", "--tox", Script.in(folder, "true"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void theAddressLetsOnePageInOnceAndIsSeenNowhereAfterThat() throws Exception {
    String address = server.page();
    Tab tab = BROWSER.open(address);
    tab.awaitText("The server has had no run yet");
    await().atMost(Captured.DEADLINE).until(() -> !server.page().equals(address));
    assertThat(tab.address()).doesNotContain("token");

    tab.reload();
    tab.awaitText("The server has had no run yet");

    Tab second = BROWSER.open(address);
    second.awaitText("has another token");
    assertThat(second.violationsAnywhere()).as("the form").isEmpty();
    second.press("Keys");
    assertThat(second.violationsAnywhere()).as("the keys").isEmpty();
    second.press("Close");
    second.all("#token").get(0).sendKeys(server.token(), Keys.ENTER);
    second.awaitText("The server has had no run yet");

    Set<String> secrets = new TreeSet<>(Set.of(server.token()));
    secrets.add((String) second.script("return sessionStorage.getItem('token')"));
    ADDRESS
        .matcher(server.err().text())
        .results()
        .map(found -> found.group(1))
        .forEach(secrets::add);
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(4).doesNotContainNull();
    assertThat(ADDRESS.matcher(server.err().text()).replaceAll("")).doesNotContain(secrets);
    assertThat(server.out().text()).isEmpty();
  }

  @Test
  void thePageHasATokenOfItsOwnThatCanBeRevoked() throws Exception {
    Tab tab = BROWSER.open(server.page());
    tab.awaitText("The server has had no run yet");
    // From now on it is connected by that.
    tab.reload();
    tab.awaitText("The server has had no run yet");
    String id;
    try (JarProcess list = server.client("token", "list")) {
      assertThat(list.exitCode()).isZero();
      id = list.out().text().lines().skip(1).findFirst().orElseThrow().split(" +")[0];
      assertThat(list.out().text()).containsPattern("\\ball\\b");
    }
    try (JarProcess revoke = server.client("token", "revoke", id)) {
      assertThat(revoke.exitCode()).as(revoke.err().text()).isZero();
    }
    tab.awaitText("was revoked");
    assertThat(tab.all("#token")).as("a form for another").hasSize(1);
    assertThat(tab.script("return sessionStorage.length")).isEqualTo(0L);
  }

  @Test
  void anAddressIsTakenInATabThatShowsThePageAlreadyAndHalfALinkSaysSo() throws Exception {
    Tab tab = BROWSER.open(server.page());
    tab.awaitText("The server has had no run yet");
    String link;
    try (JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
    }
    try (JarProcess share = server.client("share")) {
      assertThat(share.exitCode()).as(share.err().text()).isZero();
      link = share.out().text().strip();
    }
    paste(tab, link.substring(0, link.indexOf("&run=")));
    tab.awaitText("open the whole link");
    paste(tab, link);
    tab.awaitText("passed");
    assertThat(tab.all("nav")).as("a link shows one run alone").isEmpty();
    paste(tab, server.page());
    tab.awaitText("Accepted");
    assertThat(tab.address()).doesNotContain("token");
  }

  /** Into the address of a tab where the page is, of which it changes only what is behind the #. */
  private static void paste(Tab tab, String address) {
    tab.script("location.hash = arguments[0]", address.substring(address.indexOf('#')));
  }
}
