package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.watch.Repository;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run again and again until it fails. */
@Timeout(90)
class UntilFailIT {
  /** Passes twice, then fails. */
  private static final String FLAKY =
      "echo x >> rounds; [ $(wc -l < rounds) -lt 3 ] && echo good || { echo bad; exit 4; }";

  @TempDir Path folder;

  @Test
  void itStopsAtTheFirstRunThatFailsWithItsExitCodeAndKeepsItsOutput() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess run = server.client("--until-fail", "run", "-c", FLAKY)) {
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.out().text()).isEqualTo("good\ngood\nbad\n");
      assertThat(run.err().text().replaceAll(" in .*", ""))
          .isEqualTo("[DONE] passed\n[DONE] passed\nRun 3:\n[FAIL] failed\n");
      try (JarProcess logs = server.client("logs")) {
        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out().text()).isEqualTo("bad\n");
      }
    }
  }

  @Test
  void eachRunIsKeptWithTheTreeOfTheFilesThatItTests() throws Exception {
    Repository.in(folder).write(".gitignore", JarProcess.STATE + "\n.tox-server\n");
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess run = server.client("--git-tree", "--until-fail", "run", "-c", FLAKY)) {
      assertThat(run.exitCode()).isEqualTo(4);
      try (JarProcess status = server.client("status", "--json")) {
        assertThat(status.exitCode()).isZero();
        assertThat(new JsonObject(status.out().text()).getJsonArray("runs"))
            .extracting(each -> ((JsonObject) each).getString("tree"))
            .hasSize(3)
            .doesNotContainNull()
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void itGivesUpAfterSoManyRunsThatPass() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess run = server.client("--until-fail", "2", "run", "-c", FLAKY)) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("good\ngood\n");
      assertThat(run.err().text()).contains("2 runs, and none has failed.\n[DONE] passed");
    }
  }

  @Test
  void anInterruptEndsItWithTheRunUnderWay() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess run = server.client("--until-fail", "run", "-c", "echo $$; sleep 60 & wait")) {
      run.out().awaitText("\n");
      run.signal("INT");
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.err().textWithoutTime()).endsWith("[FAIL] cancelled\n");
      long pid = Long.parseLong(run.out().text().strip());
      assertThat(ProcessHandle.of(pid)).isEmpty();
    }
  }

  @Test
  void eachRunHasTheKeyboardInItsTurn() throws Exception {
    String asks = "echo x >> rounds; printf '> '; read -r answer; [ \"$answer\" = good ]";
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        TerminalWindow window =
            TerminalWindow.ofClient(
                folder, "-p", String.valueOf(server.port()), "--until-fail", "run", "-c", asks)) {
      window.out().awaitText("> ");
      window.type("good\r");
      window.out().awaitText("passed in");
      window.out().awaitText("> good\r\n[");
      window.type("bad\r");
      assertThat(window.exitCode()).isEqualTo(1);
    }
  }
}
