package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tox on a real project: examples/hello-tox. */
class HelloToxIT {
  @TempDir Path folder;

  @BeforeEach
  void aCopyOfTheExample() throws IOException {
    try (var files = Files.list(Path.of("examples/hello-tox"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void theEnvironmentThatPassesExitsWithZero() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess run = server.client("run", "-e", "pass")) {
      assertThat(run.exitCode()).as(run.out().text()).isZero();
      assertThat(run.out().text()).contains("pass: ").doesNotContain("FAILED");
      assertThat(run.err().textWithoutTime()).endsWith("[DONE] passed\n");
    }
  }

  @Test
  void theEnvironmentThatFailsExitsWithToxsOwnCode() throws Exception {
    Process local = tox("-e", "fail");
    String localOutput = new String(local.getInputStream().readAllBytes());
    int expected = local.waitFor();
    assertThat(expected).as(localOutput).isNotZero();
    try (Server server = Server.start(folder);
        JarProcess run = server.client("run", "-e", "fail")) {
      assertThat(run.exitCode()).isEqualTo(expected);
      assertThat(run.err().textWithoutTime()).endsWith("[FAIL] failed\n");
    }
  }

  @Test
  void helpIsToxsOwnAndAnUnknownArgumentIsItsError() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess help = server.client("run", "--help");
        JarProcess unknown = server.client("run", "--no-such-option")) {
      assertThat(help.exitCode()).isZero();
      assertThat(help.out().text()).contains("tox").contains("--recreate");
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.err().text()).contains("--no-such-option");
    }
  }

  private Process tox(String... args) throws IOException {
    java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("tox"));
    command.addAll(java.util.List.of(args));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
