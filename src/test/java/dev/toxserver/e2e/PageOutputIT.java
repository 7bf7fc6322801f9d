package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All that a run prints comes to the page, and a page that stands still holds nobody up. */
@Timeout(180)
class PageOutputIT {
  /** Of seven digits and a line feed each: 40 MB. */
  private static final int LINES = 5_000_000;

  private static final long BYTES = 8L * LINES;

  /** Counts what xterm.js has parsed, whoever gives it that. */
  private static final String COUNT =
      """
      const { Terminal } = await import(new URL('xterm.mjs', location.href));
      const write = Terminal.prototype.write;
      window.parsed = 0;
      Terminal.prototype.write = function (data, callback) {
        write.call(this, data, () => {
          window.parsed += data.length;
          callback?.();
        });
      };
      """;

  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    String tox = Script.in(folder, "echo begun; sleep 1; seq -w 1 " + LINES);
    server =
        Server.start(folder, "--http", "0", "--no-tee", "--onlooker-patience", "2", "--tox", tox);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void fortyMegabytesAreParsedToTheLastByteAndTheRunsOwnClientIsNotHeldUp() throws Exception {
    Tab tab = watch("live");
    try (JarProcess run = server.client("run", "live")) {
      open(tab, "live");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().size()).isEqualTo(BYTES + "begun\n".length());
      awaitAll(tab);
    }
  }

  @Test
  void aStoppedTabCostsLittleHoldsNobodyUpAndGoesOnAtTheVeryByte() throws Exception {
    Tab tab = watch("stopped");
    List<ProcessHandle> renderers = BROWSER.chromium().renderers();
    long before = Proc.liveHeapBytes(server.pid());
    try (JarProcess run = server.client("run", "stopped")) {
      open(tab, "stopped");
      await().atMost(Captured.DEADLINE).until(() -> parsed(tab) > BYTES / 100);
      signal("STOP", renderers);
      try {
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().size()).isEqualTo(BYTES + "begun\n".length());
        server.err().awaitText("it took no output for 2 s");
        assertThat(Proc.liveHeapBytes(server.pid()) - before).isLessThan(16 * Proc.MEGABYTE);
      } finally {
        signal("CONT", renderers);
      }
      awaitAll(tab);
    }
  }

  private static Tab watch(String run) {
    Tab tab = BROWSER.open(server.page());
    tab.awaitText("Accepted");
    tab.script(COUNT);
    return tab;
  }

  private static void open(Tab tab, String argument) {
    tab.awaitText("tox " + argument);
    tab.script(
        "[...document.querySelectorAll('[role=row] a')].find((a) => a.text === arguments[0]).click()",
        "tox " + argument);
  }

  /** Once each: more would be counted, too. */
  private static void awaitAll(Tab tab) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(parsed(tab)).isGreaterThanOrEqualTo(BYTES + "begun\n".length()));
    tab.awaitText("passed");
    tab.awaitText(String.valueOf(LINES));
    assertThat(parsed(tab)).isEqualTo(BYTES + "begun\n".length());
  }

  private static long parsed(Tab tab) {
    return (Long) tab.script("return window.parsed");
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      Signal.send(name, process.pid());
    }
  }
}
