package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server leaves in its folder, and what its clients make of it. */
@Timeout(90)
class LandmarkIT {
  @TempDir Path temporary;
  private Path project;
  private Path sub;
  private Path landmark;

  @BeforeEach
  void aProjectWithAFolder() throws IOException {
    project = Files.createDirectory(temporary.toRealPath().resolve("project"));
    sub = Files.createDirectories(project.resolve("a/b"));
    landmark = project.resolve(".tox-server/server.json");
  }

  @Test
  void whereAServerServesNoPortIsNeededAndToxStartsWhereTheUserStands() throws Exception {
    try (Server server = Server.start(project, "--tox", "sh");
        JarProcess run = client(sub, "run", "-c", "pwd; echo $PWD")) {
      assertThat(run.exitCode()).as(run.err().text()).isZero();
      assertThat(run.out().text()).isEqualTo(sub + "\n" + sub + "\n");
      assertThat(run.err().textWithoutTime()).isEqualTo("[DONE] passed\n");
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void aRerunStartsWhereTheRunDid() throws Exception {
    try (Server server = Server.start(project, "--tox", "sh");
        JarProcess run = client(sub, "run", "-c", "pwd")) {
      assertThat(run.exitCode()).isZero();
      try (JarProcess again = server.client("rerun")) {
        assertThat(again.exitCode()).isZero();
        assertThat(again.out().text()).isEqualTo(sub + "\n");
      }
    }
  }

  @Test
  void aServerThatHasLeftLeavesNoLandmark() throws Exception {
    try (Server server = Server.start(project, "--tox", "sh")) {
      assertThat(landmark).isRegularFile();
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
    assertThat(landmark).doesNotExist();
    try (JarProcess ping = client(sub, "ping")) {
      assertThat(ping.exitCode()).isEqualTo(2);
      assertThat(ping.err().text()).contains("no port: give -p NUMBER");
    }
  }

  @Test
  void theFolderCanBeNamed() throws Exception {
    try (Server server = Server.start(project, "--tox", "sh");
        JarProcess run = server.client("--folder", "a", "run", "-c", "pwd")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo(sub.getParent() + "\n");
    }
  }

  @Test
  void aFolderThatTheServerDoesNotHaveIsToldAndToxStartsInItsOwn() throws Exception {
    try (Server server = Server.start(project, "--tox", "sh");
        JarProcess run = server.client("--folder", "nowhere", "run", "-c", "pwd")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo(project + "\n");
      assertThat(run.err().text())
          .startsWith(
              "tox-server: there is no folder nowhere on the server: tox starts in " + project);
    }
  }

  @Test
  void noFolderAndNoLinkLeadsOut() throws Exception {
    Files.createSymbolicLink(project.resolve("link"), temporary);
    try (Server server = Server.start(project, "--tox", "sh");
        JarProcess up = server.client("--folder", "a/../..", "run", "-c", "pwd");
        JarProcess link = server.client("--folder", "link", "run", "-c", "pwd")) {
      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.err().text())
          .isEqualTo("folder: must not lead out of the folder that is served\n");
      assertThat(link.exitCode()).isEqualTo(126);
      assertThat(link.err().text()).contains("a link leads out of the folder that is served");
      assertThat(up.out().text() + link.out().text()).isEmpty();
    }
  }

  @Test
  void aFolderThatCantBeWrittenCostsTheComfortAndNothingElse() throws Exception {
    Files.writeString(project.resolve(".tox-server"), "in the way");
    try (Server server =
            Server.start(project, Map.of("TOX_SERVER_TOKEN", "0123456789abcdef"), "--tox", "echo");
        JarProcess run =
            server.client(Map.of("TOX_SERVER_TOKEN", "0123456789abcdef"), "run", "well")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("well\n");
      assertThat(server.err().text())
          .contains(".tox-server/server.json can't be written, so clients have to be told the port")
          .doesNotContain("Exception");
    }
  }

  @Test
  void aServerIsToldToLeaveNone() throws Exception {
    try (Server server = Server.start(project, "--no-landmark")) {
      assertThat(server.port()).isPositive();
      assertThat(landmark).doesNotExist();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(project)))
          .startsWith("rwx");
    }
  }

  private static JarProcess client(Path folder, String... args) throws IOException {
    return new JarProcess(folder, Map.of(), args);
  }
}
