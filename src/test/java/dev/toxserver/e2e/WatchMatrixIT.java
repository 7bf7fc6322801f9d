package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saves of real files make matrices; no two at once. */
@Timeout(60)
class WatchMatrixIT {
  @TempDir Path temporary;

  @Test
  void aSaveEndsTheMatrixUnderWayAndAProgramGetsALineForEach() throws Exception {
    Path here = temporary.toRealPath();
    String tox = "cd %s; [ -e a.py ] || { : >$2.up; exec sleep 600; }; [ $2 != b ]".formatted(here);
    try (Server server = Server.start(here, "--jobs", "2", "--tox", Script.in(here, tox));
        JarProcess watch =
            server.client(
                "--ignore",
                JarProcess.STATE,
                "--ignore",
                "*.up",
                "--json",
                "watch",
                "--matrix",
                "-e",
                "a,b")) {
      await()
          .atMost(Captured.DEADLINE)
          .until(() -> Files.exists(here.resolve("a.up")) && Files.exists(here.resolve("b.up")));
      Files.createFile(here.resolve("a.py"));
      assertThat(awaitMatrix(watch, 1).getString("state")).isEqualTo("stale");
      JsonObject second = awaitMatrix(watch, 2);
      assertThat(second.getString("state")).as(watch.err().text()).isEqualTo("failed");
      assertThat(second.getJsonArray("changed")).containsExactly("a.py");
      assertThat(second.getJsonObject("environments"))
          .isEqualTo(new JsonObject().put("a", "passed").put("b", "failed"));
      assertThat(second.getDouble("duration")).isPositive();
      watch.signal("INT");
      assertThat(watch.exitCode()).isZero();
    }
  }

  @Test
  void inATerminalTheFootTellsWhatRunsOrIsNextAndKeysAreObeyed() throws Exception {
    Path here = temporary.toRealPath();
    String tox = "[ $2 != b ] || [ -e %s/ok.log ]".formatted(here);
    try (Server server = Server.start(here, "--tox", Script.in(here, tox));
        TerminalWindow window =
            server.inTerminal(
                "--ignore",
                JarProcess.STATE,
                "--ignore",
                "*.log",
                "watch",
                "--matrix",
                "-e",
                "a,b")) {
      window.out().awaitText("Next: all (Enter: all, ?: keys)");
      Files.createFile(here.resolve("ok.log"));
      window.type("f");
      window.out().awaitText("Next: b (Enter: all, ?: keys)");
      window.type("q");
      assertThat(window.exitCode()).as(window.shown()).isZero();
      assertThat(window.shown()).contains(" s: b\n", "matrix passed in ");
    }
  }

  private static JsonObject awaitMatrix(JarProcess watch, int number) {
    await("matrix " + number)
        .atMost(Captured.DEADLINE)
        .until(() -> watch.out().text().lines().count() >= number);
    return new JsonObject(watch.out().text().lines().toList().get(number - 1));
  }
}
