package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand runs are a list in which one is found at once. */
@Timeout(120)
class PageListIT {
  private static final int RUNS = 2_000;

  /** So many are asked for at a time. */
  private static final int BATCH = 100;

  private static final int TRY_AGAIN = 429;

  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path folder;

  @Test
  void twoThousandRunsAreListedSearchedAndWalkedThroughWithoutDelay() throws Exception {
    String tox = Script.in(folder, "sleep 600");
    try (Server server =
            Server.start(folder, "--http", "0", "--queue-limit", "" + RUNS, "--tox", tox);
        BridgeSocket socket = server.socket()) {
      for (int n = 0; n < RUNS; n += BATCH) {
        askUntilAccepted(socket, n);
      }
      Tab tab = BROWSER.open(server.page());
      tab.awaitText(RUNS + " runs");
      assertThat(tab.all("[role=row]"))
          .as("rows that nobody sees are not there")
          .hasSizeLessThan(100);
      assertThat(millis(tab, "test_1234")).isLessThan(500);
      assertThat(tab.text()).contains("1 of " + RUNS + " runs", "test_1234.py");
      assertThat(millis(tab, "py37")).isLessThan(500);
      assertThat(tab.text()).contains("200 of " + RUNS + " runs");
      assertThat(millis(tab, "")).isLessThan(500);
      assertThat(tab.violations()).isEmpty();
    }
  }

  /** A server whose disk is slower than its clients tells them to try again. */
  private static void askUntilAccepted(BridgeSocket socket, int first) throws IOException {
    boolean again = true;
    while (again) {
      for (int each = first; each < first + BATCH; each++) {
        socket.request("tox.run", run(each));
      }
      again = false;
      for (int each = first; each < first + BATCH; each++) {
        again |= socket.next().getInteger("failureCode", 0) == TRY_AGAIN;
      }
    }
  }

  private static JsonObject run(int number) {
    String file = "test_%04d.py".formatted(number);
    JsonArray args = new JsonArray(List.of("-e", "py3" + number % 10, "--", file));
    return new JsonObject().put("id", "n" + number).put("detach", true).put("args", args);
  }

  /** From a search that is typed to what is found on the screen. */
  private static double millis(Tab tab, String search) {
    Object millis =
        tab.script(
            """
            const field = document.querySelector('input[type=search]');
            const began = performance.now();
            field.value = arguments[0];
            field.dispatchEvent(new Event('input', { bubbles: true }));
            document.querySelector('main').getBoundingClientRect();
            return performance.now() - began;
            """,
            search);
    return ((Number) millis).doubleValue();
  }
}
