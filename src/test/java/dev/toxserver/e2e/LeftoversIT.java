package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After a cancel, a lost client or a dead server, nothing that the run started is alive: whoever
 * the server runs as.
 */
@ParameterizedClass
@EnumSource
class LeftoversIT {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final int NOBODY = 65_534;
  private static final Duration SOON = Duration.ofSeconds(15);

  /** A relay of forks makes a file every 5 ms. */
  private static final Duration MANY_BEATS = Duration.ofMillis(300);

  /** Who runs the server. */
  enum User {
    WHO_TESTS,
    NOBODY
  }

  @Parameter User user;
  @TempDir Path folder;
  private String tox;

  @BeforeEach
  void aFolderOfTheServersUser() throws IOException {
    if (user == User.NOBODY) {
      assumeTrue(ROOT, "only root can become another user");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setAttribute(folder, "unix:uid", NOBODY);
    }
  }

  /** One process after another, each in a session of its own and with an empty environment. */
  @BeforeEach
  void aRelay() throws IOException {
    Files.writeString(
        folder.resolve("relay"),
        "trap '' INT TERM; : > beat; sleep 0.005; env -i setsid sh ./relay &");
  }

  /** Each kind of child writes its process id, so that the test can tell whether it lives. */
  @BeforeEach
  void aToxWithEveryKindOfChild() throws Exception {
    Script.in(
        folder,
        """
        cd %s
        echo $$ > pid.tox
        sleep 600 & echo $! > pid.child
        (sleep 600 & echo $! > pid.doubleforked) &
        setsid sh -c 'echo $$ > pid.session; exec sleep 600' &
        (setsid sh -c 'echo $$ > pid.daemon; exec sleep 600' >/dev/null 2>&1 &) &
        sh -c 'trap "" INT TERM; echo $$ > pid.stubborn; while :; do sleep 0.1; done' &
        (env -i setsid sh -c 'echo $$ > pid.cleaned; exec sleep 600' >/dev/null 2>&1 &) &
        (setsid sh ./relay >/dev/null 2>&1 &) &
        while [ "$(ls pid.* | wc -l)" -lt 7 ] || [ ! -e beat ]; do sleep 0.02; done
        echo ready
        %s
        """
            .formatted(folder, "wait"));
    tox = folder.resolve("fake-tox").toString();
  }

  @Test
  void afterACancel() throws Exception {
    try (Server server = server(serveArgs());
        JarProcess run = server.client("run")) {
      run.out().awaitText("ready");
      run.signal("INT");
      run.exitCode();
      assertThat(alive()).as("when the client is told that the run has ended").isEmpty();
      assertTheRelayHasEnded();
    }
  }

  @Test
  void afterTheClientWasKilled() throws Exception {
    try (Server server = server(serveArgs());
        JarProcess run = server.client("run")) {
      run.out().awaitText("ready");
      run.signal("KILL");
      await().atMost(SOON).until(() -> alive().isEmpty());
      await().atMost(SOON).until(() -> server.err().text().contains(": ended with"));
      assertTheRelayHasEnded();
    }
  }

  @Test
  void afterTheServerWasKilled() throws Exception {
    try (Server server = server(serveArgs());
        JarProcess run = server.client("--reconnect-timeout", "0.5", "run")) {
      run.out().awaitText("ready");
      server.signal("KILL");
      await().atMost(SOON).until(() -> alive().isEmpty());
      assertTheRelayHasEnded();
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().text()).startsWith("the run's result is unknown: ");
    }
  }

  @Test
  void afterADrainThatWasCancelled() throws Exception {
    try (Server server = server(serveArgs());
        JarProcess run = server.client("run")) {
      run.out().awaitText("ready");
      server.signal("TERM");
      server.err().awaitText("Draining");
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      assertThat(alive()).isEmpty();
    }
  }

  @Test
  void afterAQuitAndACancel() throws Exception {
    try (Server server = server(serveArgs());
        JarProcess run = server.client("run")) {
      run.out().awaitText("ready");
      try (JarProcess quit = server.client("quit")) {
        quit.out().awaitText("DONE");
      }
      try (JarProcess cancel = server.client("cancel")) {
        assertThat(cancel.exitCode()).isZero();
        assertThat(cancel.out().text()).isEqualTo("{\"cancelled\": 1}\n");
      }
      assertThat(server.exitCode()).isZero();
      assertThat(alive()).isEmpty();
      assertThat(run.err().text()).contains("[FAIL] cancelled after ");
    }
  }

  @Test
  void afterARunThatEndedByItself() throws Exception {
    Path script = Path.of(tox);
    Files.writeString(script, Files.readString(script).replace("\nwait\n", "\nexit 4\n"));
    try (Server server = server(serveArgs());
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(alive()).isEmpty();
      assertTheRelayHasEnded();
    }
  }

  @Test
  void whatIsPrintedDuringTheTeardownArrivesEvenAfterToxItselfHasEnded() throws Exception {
    String late =
        Script.in(
            folder,
            "sh -c 'trap \"sleep 0.1; echo child; exit\" TERM; echo up; while :; do sleep 0.1; done' &"
                + " trap 'exit 9' INT; while :; do sleep 0.1; done");
    try (Server server = server("--tox", late);
        JarProcess run = server.client("run")) {
      run.out().awaitText("up");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(9);
      assertThat(run.out().text()).isEqualTo("up\nchild\n");
    }
  }

  private Server server(String... args) throws IOException {
    List<String> command =
        user == User.NOBODY ? JarProcess.nobodysCommand(folder) : JarProcess.command();
    return Server.startWith(command, folder, Map.of(), args);
  }

  private String[] serveArgs() {
    return new String[] {
      "--tox", tox,
      "--interrupt-grace", "0.3",
      "--terminate-grace", "0.3",
      "--reconnect-grace", "1"
    };
  }

  /** If one of its processes lives, the next makes the file again. */
  private void assertTheRelayHasEnded() {
    await()
        .during(MANY_BEATS)
        .atMost(SOON)
        .until(() -> !Files.deleteIfExists(folder.resolve("beat")));
  }

  private List<String> alive() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("pid."))
          .filter(Proc::isAlive)
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }
}
