package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A page that loses its server says so, and goes on where it was. */
@Timeout(120)
class PageConnectionIT {
  private static final String LOST = "The connection to the server is lost";

  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path folder;
  private Path go;
  private String tox;

  @BeforeEach
  void aRunThatWaits() throws Exception {
    go = folder.resolve("go");
    tox =
        Script.in(folder, "seq 1 5; while [ ! -e %s ]; do sleep 0.02; done; seq 6 9".formatted(go));
  }

  @Test
  void whereTheNetworkBreaksTheRunsOutputIsShownOnceAndWhole() throws Exception {
    try (Server server = Server.start(folder, "--http", "0", "--tox", tox);
        Proxy proxy = new Proxy(server.httpPort());
        JarProcess run = server.client("run")) {
      Tab tab = BROWSER.open(server.page().replace(":" + server.httpPort(), ":" + proxy.port()));
      openTheRun(tab);
      tab.awaitText("5");
      proxy.goAway();
      tab.awaitText(LOST);
      assertThat(tab.violationsAnywhere()).isEmpty();
      Files.createFile(go);
      assertThat(run.exitCode()).isZero();
      tab.press("Try now");
      proxy.comeBack();
      tab.awaitNoText(LOST);
      tab.awaitText("passed");
      await()
          .atMost(Captured.DEADLINE)
          .untilAsserted(() -> assertThat(shown(tab)).isEqualTo(numbers(1, 9)));
    }
  }

  @Test
  void aServerThatWasKilledAndStartedAgainIsFoundByItself() throws Exception {
    int port;
    Tab tab;
    try (Server server = Server.start(folder, "--http", "0", "--tox", tox);
        JarProcess run = server.client("run")) {
      run.out().awaitText("5");
      port = server.httpPort();
      tab = BROWSER.open(server.page());
      openTheRun(tab);
      tab.awaitText("5");
      server.signal("KILL");
      tab.awaitText(LOST);
    }
    try (Server again = Server.start(folder, "--http", "" + port, "--tox", tox)) {
      tab.awaitNoText(LOST);
      tab.awaitText("what follows is lost");
      assertThat(shown(tab)).startsWith(numbers(1, 5)).doesNotContain("6");
      tab.go("http://127.0.0.1:%d/".formatted(again.httpPort()));
      tab.awaitText("lost");
      assertThat(tab.all("#token")).isEmpty();
    }
  }

  @Test
  void aMatrixThatCanNotBeCancelledSaysSo() throws Exception {
    try (Server server = Server.start(folder, "--http", "0", "--tox", tox);
        Proxy proxy = new Proxy(server.httpPort())) {
      new DetachedRuns(server).cell("cell", "py311", "m");
      Tab tab = BROWSER.open(server.page().replace(":" + server.httpPort(), ":" + proxy.port()));
      tab.awaitText("Accepted");
      tab.type("m");
      tab.awaitText("1 running");
      proxy.goAway();
      tab.awaitText(LOST);
      tab.press("Cancel the matrix");
      tab.awaitText("There is no connection.");
      proxy.comeBack();
      tab.awaitNoText(LOST);
      tab.press("Cancel the matrix");
      tab.awaitText("1 cancelled");
      tab.awaitNoText("There is no connection.");
    }
  }

  private static void openTheRun(Tab tab) {
    await().atMost(Captured.DEADLINE).until(() -> tab.all("[role=row] a").size() == 1);
    tab.click("[role=row] a");
  }

  private static String shown(Tab tab) {
    return tab.all(".xterm-rows").get(0).getText().strip();
  }

  private static String numbers(int first, int last) {
    StringBuilder numbers = new StringBuilder();
    for (int number = first; number <= last; number++) {
      numbers.append(number).append('\n');
    }
    return numbers.toString().strip();
  }
}
