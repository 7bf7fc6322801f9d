package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token is seen in no log, no process list, no error, and by nothing that the server runs. */
@Timeout(90)
class TokenSecrecyIT {
  private static final String SECRET = "7e5a".repeat(16);
  private static final String WRONG = "bad1".repeat(16);

  @TempDir Path folder;

  @Test
  void theTokenIsNowhereToBeSeen() throws Exception {
    Path stop = folder.resolve("stop");
    String tox = Script.in(folder, "env; while [ ! -e %s ]; do sleep 0.02; done".formatted(stop));
    Map<String, String> variables = new HashMap<>();
    variables.put("TOX_SERVER_TOKEN", SECRET);
    variables.put("TOX_SERVER_TLS_KEY", "");
    try (JarProcess server =
            new JarProcess(
                folder, variables, "-p", "0", "-b", "0.0.0.0", "-l", "debug", "serve", "--tox",
                tox);
        JarProcess run = client(server, SECRET, "-l", "debug", "run")) {
      run.out().awaitText("PATH=");
      assertThat(Proc.commandLine(server.pid())).contains("serve").doesNotContain(SECRET);
      assertThat(Proc.commandLine(run.pid())).contains("run").doesNotContain(SECRET);
      try (JarProcess wrong = client(server, WRONG, "-l", "debug", "ping")) {
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err().text())
            .contains("this server has another token")
            .doesNotContain(WRONG);
      }
      Files.createFile(stop);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).doesNotContain(SECRET, "TOX_SERVER_TOKEN", "TOX_SERVER_TLS_KEY");
      assertThat(run.err().text()).doesNotContain(SECRET);
      assertThat(server.err().text())
          .contains("showed a wrong token")
          .doesNotContain(SECRET, WRONG);
      assertThat(server.out().text()).doesNotContain(SECRET, WRONG);
    }
  }

  @Test
  void theVariableThatNamesAFileIsNotHandedOnEither() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    String tox = Script.in(folder, "env");
    Map<String, String> variables = Map.of("TOX_SERVER_TOKEN_FILE", file.toString());
    try (Server server = Server.start(folder, variables, "--tox", tox);
        JarProcess run = server.client(variables, "run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).contains("PATH=").doesNotContain("TOX_SERVER_TOKEN", SECRET);
    }
  }

  @Test
  void aTokenThatCanNotBeOneIsNotShownByTheError() throws Exception {
    String broken = SECRET + " " + SECRET;
    try (JarProcess server =
        new JarProcess(folder, Map.of("TOX_SERVER_TOKEN", broken), "-p", "0", "serve")) {
      assertThat(server.exitCode()).isEqualTo(2);
      assertThat(server.err().text())
          .matches("tox-server: the token must be [^\n]*\n")
          .doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"readable", "link"})
  void oneInAPlaceThatIsNotSafeIsRefusedWithOneLine(String how) throws Exception {
    Path token = folder.resolve(".tox-server").resolve("token");
    if (how.equals("link")) {
      Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
      Files.createSymbolicLink(token.getParent(), elsewhere);
    } else {
      Files.createDirectory(
          token.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(token, "opensesame-12345\n");
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    }
    try (JarProcess server =
        new JarProcess(folder, Map.of(), "-p", "0", "-b", "0.0.0.0", "serve")) {
      assertThat(server.exitCode()).isEqualTo(2);
      assertThat(server.err().text())
          .matches("tox-server: no token can be kept in .*: name one with .*\n")
          .doesNotContain("sesame");
    }
  }

  private JarProcess client(JarProcess server, String token, String... args) throws Exception {
    String[] all = new String[args.length + 2];
    all[0] = "-p";
    all[1] = String.valueOf(ListeningPort.of(server.pid()));
    System.arraycopy(args, 0, all, 2, args.length);
    return new JarProcess(folder, Map.of("TOX_SERVER_TOKEN", token), all);
  }
}
