package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is let in without a token, and whoever may have it finds it without a word. */
@Timeout(90)
class TokenIT {
  private static final String REACHABLE = "0.0.0.0";
  private static final int NOBODY = 65_534;
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Map<String, String> NO_HOME = Map.of("XDG_STATE_HOME", "", "HOME", "");

  @TempDir Path folder;
  private Path project;
  private Path token;

  @BeforeEach
  void aProject() throws Exception {
    project = Files.createDirectory(folder.resolve("project"));
    token = project.resolve(".tox-server").resolve("token");
  }

  @Test
  void theProjectGetsATokenForItsOwnerThatLastsOverARestart() throws Exception {
    if (ROOT) {
      Files.setAttribute(project, "unix:uid", NOBODY);
    }
    String first;
    try (Server server = Server.start(project, "-b", REACHABLE)) {
      first = Files.readString(token);
      assertThat(first).matches("[0-9a-f]{64}\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token.getParent())))
          .isEqualTo("rwx------");
      assertThat(token.resolveSibling(".gitignore")).hasContent("*");
      assertThat(Files.getOwner(token)).isEqualTo(Files.getOwner(project));
      assertThat(server.err().text()).contains("Clients need the token in " + token);
      assertThat(server.err().text().contains("Running as root")).isEqualTo(ROOT);
    }
    try (Server again = Server.start(project, "-b", REACHABLE);
        JarProcess ping = again.client("ping")) {
      assertThat(Files.readString(token)).isEqualTo(first);
      assertThat(ping.exitCode()).isZero();
    }
  }

  @Test
  void aClientThatIsFirstFindsTheTokenThatItsServerWritesLater() throws Exception {
    int port = AbsentServer.port();
    String[] where = {"-p", String.valueOf(port), "-h", "127.0.0.1", "ping"};
    try (JarProcess client = new JarProcess(project, Map.of(), where)) {
      client.err().awaitText("Waiting for a server");
      assertThat(token).doesNotExist();
      try (JarProcess server =
          new JarProcess(project, Map.of(), "-p", String.valueOf(port), "-b", REACHABLE, "serve")) {
        assertThat(client.exitCode()).as(client.err().text()).isZero();
        assertThat(server.isAlive()).isTrue();
      }
    }
  }

  @Test
  void theClientFindsItFromASubfolderInAFileThatIsNamedAndInTheVariable() throws Exception {
    Path deep = Files.createDirectories(project.resolve("src").resolve("deep"));
    try (Server server = Server.start(project, "-b", REACHABLE)) {
      String secret = Files.readString(token).strip();
      assertPasses(client(deep, server, Map.of(), "ping"));
      assertPasses(client(folder, server, Map.of("TOX_SERVER_TOKEN", secret), "ping"));
      assertPasses(client(folder, server, Map.of(), "--token-file", token.toString(), "ping"));
      assertPasses(client(folder, server, Map.of(), "ping", "--token-file", token.toString()));
    }
  }

  @Test
  void withoutItAndWithAWrongOneThereIsOneLineThatSaysSo() throws Exception {
    String tox = Script.in(folder, "touch started");
    try (Server server = Server.start(project, "--tox", tox)) {
      for (String command : new String[] {"run", "ping", "cancel", "quit"}) {
        assertTurnedAway(client(folder, server, Map.of(), command));
      }
      String wrong = "0".repeat(64);
      assertTurnedAway(client(project, server, Map.of("TOX_SERVER_TOKEN", wrong), "run"));
      assertTurnedAway(client(project, server, Map.of("TOX_SERVER_TOKEN", wrong), "quit"));
      assertThat(project.resolve("started")).doesNotExist();
      assertPasses(client(project, server, Map.of(), "ping"));
    }
  }

  @Test
  void theTokenOfAnotherProjectOpensNothing() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Server one = Server.start(project);
        Server two = Server.start(other)) {
      assertPasses(client(project, one, Map.of(), "ping"));
      assertPasses(client(other, two, Map.of(), "ping"));
      assertTurnedAway(client(project, two, Map.of("TOX_SERVER_TOKEN", one.token()), "ping"));
      assertTurnedAway(client(other, one, Map.of("TOX_SERVER_TOKEN", two.token()), "ping"));
      // Each has a home of its own, as two users have: neither finds the other's by the port.
      assertTurnedAway(client(project, two, Map.of(), "ping"));
    }
  }

  @Test
  void theSameUsersClientsElsewhereFindItByThePortAndAnotherProjectsDoesNotHideIt()
      throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Server two = Server.start(other)) {
      try (Server one = Server.start(project)) {
        assertPasses(client(folder, one, home(project), "ping"));
        assertPasses(client(other, one, home(project), "ping"));
        assertThat(file(one)).isRegularFile();
        try (JarProcess late =
            new JarProcess(project, Map.of(), "-p", String.valueOf(one.port()), "serve")) {
          assertThat(late.exitCode()).as("the port is taken").isEqualTo(1);
        }
        assertPasses(client(folder, one, home(project), "ping"));
        one.signal("TERM");
        assertThat(one.exitCode()).isZero();
        assertThat(file(one)).doesNotExist();
      }
      assertThat(two.isAlive()).isTrue();
    }
  }

  @Test
  void whatAKilledServerHasLeftOpensNothingAndDoesNotHideTheProjectsToken() throws Exception {
    Path left;
    String port;
    try (Server server = Server.start(project)) {
      left = file(server);
      port = String.valueOf(server.port());
      server.signal("KILL");
      assertThat(server.exitCode()).isEqualTo(137);
    }
    String secret = Files.readString(left).lines().findFirst().orElseThrow();
    try (JarProcess next = new JarProcess(project, NO_HOME, "-p", port, "-l", "info", "serve")) {
      next.err().awaitText("^C to exit");
      assertThat(left)
          .as("the next has no home, and so has not replaced it")
          .hasContent(Files.readString(left));
      assertPasses(new JarProcess(project, Map.of(), "-p", port, "ping"));
      assertTurnedAway(
          new JarProcess(folder, Map.of("TOX_SERVER_TOKEN", secret), "-p", port, "ping"));
    }
  }

  /** In another user's project it could be written, but not given to the project's owner. */
  @ParameterizedTest
  @ValueSource(strings = {"r-xr-xr-x", "rwxrwxrwx"})
  void whereTheProjectCanNotKeepOneTheSameUsersClientsFindOneByThePort(String mode)
      throws Exception {
    assumeTrue(ROOT || mode.equals("r-xr-xr-x"), "only root has a project of another user's");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(project, PosixFilePermissions.fromString(mode));
    Path home = Files.createDirectory(folder.resolve("home"));
    List<String> user = new ArrayList<>(JarProcess.command());
    if (ROOT) {
      Files.setAttribute(home, "unix:uid", NOBODY);
      user = JarProcess.nobodysCommand(folder);
    }
    Map<String, String> variables = Map.of("XDG_STATE_HOME", home.toString());
    try (Server server = Server.startWith(user, project, variables)) {
      assertThat(server.err().text()).contains("no token can be kept in " + project);
      assertThat(project).isEmptyDirectory();
      List<String> ping = new ArrayList<>(user);
      ping.addAll(List.of("-p", String.valueOf(server.port()), "ping"));
      assertPasses(new JarProcess(project, variables, ping));
      assertTurnedAway(client(project, server, Map.of(), "ping"));
    }
  }

  @Test
  void withNoAuthEverybodyIsLetInAndTheServerWarnsOnce() throws Exception {
    String[] serve = {"-p", "0", "serve", "--no-auth"};
    try (JarProcess server = new JarProcess(project, Map.of(), serve)) {
      String port = String.valueOf(ListeningPort.of(server.pid()));
      assertPasses(new JarProcess(folder, Map.of(), "-p", port, "ping"));
      assertThat(server.err().text())
          .containsOnlyOnce(
              "[serve] --no-auth: whoever reaches 127.0.0.1 can run commands here, and join as a runner\n");
      assertThat(token).doesNotExist();
    }
  }

  /** The variables of a user whose server was started in a folder. */
  private static Map<String, String> home(Path serverFolder) {
    return Map.of("XDG_STATE_HOME", serverFolder.resolve(JarProcess.STATE).toString());
  }

  private Path file(Server server) {
    return project
        .resolve(JarProcess.STATE)
        .resolve(Path.of("tox-server", "ports", String.valueOf(server.port())));
  }

  private static JarProcess client(
      Path where, Server server, Map<String, String> environment, String... args) throws Exception {
    String[] all = new String[args.length + 2];
    all[0] = "-p";
    all[1] = String.valueOf(server.port());
    System.arraycopy(args, 0, all, 2, args.length);
    return new JarProcess(where, environment, all);
  }

  private static void assertPasses(JarProcess client) throws Exception {
    try (client) {
      assertThat(client.exitCode()).as(client.err().text()).isZero();
    }
  }

  private static void assertTurnedAway(JarProcess client) throws Exception {
    try (client) {
      assertThat(client.exitCode()).isEqualTo(1);
      // In which words depends on what lies above the test's folder: /tmp may have a token, too.
      assertThat(client.err().text())
          .matches(
              "[^\n]*(wants a token|another token than|not shown the project's token)[^\n]*\n");
      assertThat(client.out().size()).isZero();
    }
  }
}
