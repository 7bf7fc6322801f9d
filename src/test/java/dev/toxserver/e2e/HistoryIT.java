package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --git-tree}, {@code history} and {@code status --tree}, with real git. */
class HistoryIT {
  @TempDir Path folder;

  @BeforeEach
  void aRepository() throws Exception {
    assertThat(new ProcessBuilder("git", "init", "-q", folder.toString()).start().waitFor())
        .isZero();
    Files.writeString(folder.resolve(".gitignore"), JarProcess.STATE + "\nresult\n");
  }

  @Test
  void theSameFilesAreGreenOrNotWithoutARunAndFlakyWithBothOutcomes() throws Exception {
    // What is ignored makes no other tree.
    Path result = Files.writeString(folder.resolve("result"), "0");
    try (Server server = Server.start(folder, "--tox", Script.in(folder, "exit $(cat result)"))) {
      assertThat(code(server, "status", "--tree")).isEqualTo(1);
      assertThat(code(server, "--git-tree", "run")).isZero();
      assertThat(code(server, "status", "--tree")).isZero();
      Files.writeString(folder.resolve("new"), "x");
      assertThat(code(server, "status", "--tree")).isEqualTo(1);
      Files.delete(folder.resolve("new"));
      Files.writeString(result, "3");
      assertThat(code(server, "--git-tree", "run")).isEqualTo(3);
      assertThat(code(server, "status", "--tree")).isEqualTo(1);
      try (JarProcess history = server.client("history")) {
        assertThat(history.exitCode()).isZero();
        assertThat(history.out().text())
            .matches(
                "\\w+ failed [0-9.]+ [0-9a-f]{40} flaky\n\\w+ passed [0-9.]+ [0-9a-f]{40} flaky\n");
      }
    }
  }

  @Test
  void withoutARepositoryTheRunGoesOnAndSaysSo() throws Exception {
    try (Server server = Server.start(folder, "--tox", "true");
        JarProcess run = server.client(Map.of("GIT_DIR", "/nowhere"), "--git-tree", "run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.err().text()).contains("tox-server: the run is kept without its git tree: ");
    }
  }

  private static int code(Server server, String... args) throws Exception {
    try (JarProcess client = server.client(args)) {
      return client.exitCode();
    }
  }
}
