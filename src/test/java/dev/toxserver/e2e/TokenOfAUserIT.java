package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The token where the server or the client is an ordinary user; root becomes one for the test. */
@Timeout(90)
class TokenOfAUserIT {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final int NOBODY = 65_534;
  private static final Pattern PORT = Pattern.compile("tcp://0\\.0\\.0\\.0:(\\d+)");

  @TempDir Path folder;
  private Path project;
  private Path token;

  @BeforeEach
  void aProjectThatOthersCanEnter() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    project = Files.createDirectory(folder.resolve("project"));
    Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxr-xr-x"));
    token = project.resolve(".tox-server").resolve("token");
  }

  @Test
  void anOrdinaryUsersServerKeepsItForThatUserAlone() throws Exception {
    if (ROOT) {
      Files.setAttribute(project, "unix:uid", NOBODY);
    }
    try (JarProcess server = user(project, "-p", "0", "-l", "info", "-b", "0.0.0.0", "serve")) {
      server.err().awaitText("^C to exit");
      assertThat(Files.readString(token)).matches("[0-9a-f]{64}\n");
      assertThat(Files.getOwner(token)).isEqualTo(Files.getOwner(project));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
          .isEqualTo("rw-------");
      assertThat(server.err().text()).doesNotContain("Running as root");
      Matcher port = PORT.matcher(server.err().text());
      assertThat(port.find()).isTrue();
      try (JarProcess ping = new JarProcess(project, Map.of(), "-p", port.group(1), "ping")) {
        assertThat(ping.exitCode()).as(ping.err().text()).isZero();
      }
    }
  }

  @Test
  void aClientWhoMayNotReadItIsTurnedAwayLikeOneWithoutIt() throws Exception {
    try (Server server = Server.start(project, "-b", "0.0.0.0")) {
      if (!ROOT) {
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("---------"));
      }
      try (JarProcess ping = user(project, "-p", String.valueOf(server.port()), "ping")) {
        assertThat(ping.exitCode()).isEqualTo(1);
        assertThat(ping.err().text()).matches("this server wants a token: [^\n]*\n");
      }
    }
  }

  @Test
  void theProjectsTokenIsNotShownToAnotherUserWhoHasThePort() throws Exception {
    assumeTrue(ROOT, "only root becomes another user");
    Server.start(project).close();
    assertThat(token).isRegularFile();
    try (Server trap = trap();
        JarProcess ping =
            new JarProcess(project, Map.of(), "-p", String.valueOf(trap.port()), "ping")) {
      assertThat(ping.exitCode()).isEqualTo(1);
      assertThat(ping.err().text())
          .isEqualTo(
              "another user's program (of user id %d) has the port %d, and is not shown the project's token: name one with --token-file to trust it\n"
                  .formatted(NOBODY, trap.port()));
      assertThat(trap.err().text()).doesNotContain("showed");
    }
  }

  @Test
  void aRunnerDoesNotObeyAnotherUserWhoHasThePort() throws Exception {
    assumeTrue(ROOT, "only root becomes another user");
    Path ofRunners = Files.writeString(folder.resolve("runners"), "a-token-of-runners\n");
    Files.setPosixFilePermissions(ofRunners, PosixFilePermissions.fromString("rw-------"));
    try (Server trap = trap("--no-auth");
        JarProcess trusting = runner(trap, "trusting", "--insecure");
        JarProcess runner = runner(trap, "r1", "--runner-token-file", ofRunners.toString())) {
      runner
          .err()
          .awaitText(
              "Not joined (another user's program (of user id %d) has the port %d, and could have anything run here: give --tls-ca, or say --insecure to trust it); trying again\n"
                  .formatted(NOBODY, trap.port()));
      assertThat(runner.err().text()).doesNotContain("Joined");
      trusting.err().awaitText("Joined the server");

      Files.setAttribute(ofRunners, "unix:uid", NOBODY);

      runner.err().awaitText("Joined the server");
    }
  }

  private Server trap(String... more) throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    Files.setAttribute(others, "unix:uid", NOBODY);
    List<String> args = new ArrayList<>(List.of("--tox", "true"));
    args.addAll(List.of(more));
    return Server.startWith(
        JarProcess.nobodysCommand(folder), others, Map.of(), args.toArray(String[]::new));
  }

  private JarProcess runner(Server server, String name, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("runner", "--join", "127.0.0.1:" + server.port()));
    args.addAll(List.of("--name", name));
    args.addAll(List.of(more));
    return new JarProcess(project, Map.of(), args.toArray(String[]::new));
  }

  private static JarProcess user(Path where, String... args) throws Exception {
    return ROOT ? JarProcess.asNobody(where, args) : new JarProcess(where, Map.of(), args);
  }
}
