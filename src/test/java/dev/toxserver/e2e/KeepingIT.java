package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server keeps of runs: over a restart, and when there is no room. */
class KeepingIT {
  @TempDir Path folder;

  @Test
  void theHistorySurvivesARestartAndARunThatWasUnderWayIsLost() throws Exception {
    String tox = Script.in(folder, "echo $1; [ $1 = ends ] || sleep 600; exit 4");
    try (Server server = Server.start(folder, "--tox", tox)) {
      try (JarProcess run = server.client("run", "ends", "a b")) {
        assertThat(run.exitCode()).isEqualTo(4);
      }
      try (JarProcess stays = server.client("--detach", "run", "stays")) {
        assertThat(stays.exitCode()).isZero();
      }
      await().atMost(Captured.DEADLINE).until(() -> isOnDisk("stays"));
      server.signal("KILL");
      server.exitCode();
    }
    try (Server server = Server.start(folder, "--tox", tox)) {
      try (JarProcess status = server.client("status", "--json")) {
        assertThat(status.exitCode()).isZero();
        List<JsonObject> runs =
            new JsonObject(status.out().text())
                .getJsonArray("runs").stream().map(JsonObject.class::cast).toList();
        assertThat(runs)
            .extracting(run -> run.getString("state"))
            .containsExactly("lost", "failed");
        assertThat(runs.get(0).containsKey("returncode")).isFalse();
        assertThat(runs.get(1).getInteger("returncode")).isEqualTo(4);
        assertThat(runs.get(1).getJsonArray("args")).containsExactly("ends", "a b");
        try (JarProcess logs = server.client("logs", runs.get(1).getString("id"))) {
          assertThat(logs.exitCode()).isZero();
          assertThat(logs.out().text()).isEqualTo("ends\n");
        }
      }
      // However little it was, and whenever the server died.
      try (JarProcess logs = server.client("logs")) {
        assertThat(logs.exitCode()).isEqualTo(1);
        assertThat(logs.out().text()).isEqualTo("stays\n");
        assertThat(logs.err().text())
            .isEqualTo("the server died during the run; the last of its output may be missing\n");
      }
      try (JarProcess attach = server.client("attach", "last")) {
        assertThat(attach.exitCode()).isEqualTo(1);
        assertThat(attach.err().text()).contains("the run's result is unknown: ");
      }
    }
  }

  private boolean isOnDisk(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(JarProcess.STATE))) {
      for (Path file : files.filter(each -> each.toString().contains("output.")).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void onAFullDiskTheRunGoesOnAndTheUserIsToldOnce() throws Exception {
    String tox = Script.in(folder, "seq -w 1 2000000; echo end; exit 5");
    try (Server server =
            // A limit on the size of files is what a test can have without a disk of its own.
            Server.startWith(withLimitOnFiles(), folder, Map.of(), "--no-tee", "--tox", tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.out().text()).hasSize(16_000_004).endsWith("end\n");
      assertThat(run.err().text()).containsOnlyOnce("can't keep all of this run's output");
      assertThat(server.err().text()).containsOnlyOnce("not all of its output can be kept");
      try (JarProcess logs = server.client("logs")) {
        assertThat(logs.exitCode()).isEqualTo(1);
        assertThat(logs.out().text())
            .hasSizeGreaterThan(500_000)
            .startsWith("0000001\n")
            .endsWith("2000000\nend\n");
        assertThat(logs.err().text()).contains("some output is missing here: it could not be kept");
      }
      try (JarProcess quit = server.client("quit")) {
        assertThat(quit.exitCode()).isZero();
      }
      server.exitCode();
    }
    try (Server server = Server.start(folder, "--no-tee")) {
      try (JarProcess logs = server.client("logs")) {
        assertThat(logs.exitCode()).isEqualTo(1);
        assertThat(logs.out().text()).startsWith("0000001\n");
        assertThat(logs.err().text())
            .contains("some output is missing here: it could not be kept: File too large")
            .endsWith("Some of the run's output is missing.\n");
      }
      try (JarProcess attach = server.client("attach")) {
        assertThat(attach.exitCode()).isEqualTo(5);
        assertThat(attach.err().text()).contains("some output is missing here");
      }
    }
  }

  private static List<String> withLimitOnFiles() {
    List<String> command = new ArrayList<>(List.of("prlimit", "--fsize=100000"));
    command.addAll(JarProcess.command());
    return command;
  }

  @Test
  void whereNothingCanBeKeptTheRunGoesOnAndTheUserIsToldOnce() throws Exception {
    Path notAFolder = Files.createFile(folder.resolve("file"));
    String tox = Script.in(folder, "seq -w 1 2000000; exit 5");
    try (Server server =
            Server.start(folder, "--no-tee", "--state-dir", notAFolder + "/state", "--tox", tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.out().text()).hasSize(16_000_000);
      assertThat(run.err().text()).containsOnlyOnce("can't keep all of this run's output");
      assertThat(server.err().text()).containsOnlyOnce("Runs will not be remembered");
    }
  }
}
