package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own life: ping, cancel, drain, quit, signals. */
class ServerIT {
  @TempDir Path folder;
  private Path go;
  private String waitingTox;

  @BeforeEach
  void aToxThatWaitsForTheTest() throws Exception {
    go = folder.resolve("go");
    waitingTox =
        Script.in(
            folder, "echo up \"$@\"; while [ ! -e %s ]; do sleep 0.02; done; exit 5".formatted(go));
  }

  @Test
  void pingPrintsOneLineOfJson() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess ping = server.client("ping")) {
      long before = System.currentTimeMillis() / 1000 - 60;
      assertThat(ping.exitCode()).isZero();
      assertThat(ping.out().text())
          .matches("\\{\"time\": \\d{10}\\.\\d{1,6}, \"tasks\": 1, \"running\": 0, .*\\}\n");
      assertThat(new JsonObject(ping.out().text()).getDouble("time")).isGreaterThan(before);
      assertThat(ping.err().size()).isZero();
    }
  }

  @Test
  void quitPrintsDoneAndTheServerLeaves() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess quit = server.client("quit")) {
      assertThat(quit.exitCode()).isZero();
      assertThat(quit.out().text()).isEqualTo("DONE\n");
      assertThat(server.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsAnIdleServer(String signal) throws Exception {
    try (Server server = Server.start(folder)) {
      server.signal(signal);
      assertThat(server.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quit", "INT", "TERM"})
  void drainingFinishesWhatWasAcceptedAndRefusesWhatIsNew(String how) throws Exception {
    try (Server server = Server.start(folder, "--tox", waitingTox);
        JarProcess running = server.client("run", "first")) {
      running.out().awaitText("up first");
      try (JarProcess queued = server.client("run", "second")) {
        queued.err().awaitText("Command run is queued");
        drain(server, how);
        server.err().awaitText("Draining: 1 running, 1 queued");
        try (JarProcess late = server.client("run", "third")) {
          assertThat(late.exitCode()).isEqualTo(1);
          assertThat(late.err().text())
              .isEqualTo("the server is shutting down and takes no new runs\n");
        }
        Files.createFile(go);
        assertThat(running.exitCode()).isEqualTo(5);
        assertThat(queued.exitCode()).isEqualTo(5);
        assertThat(queued.out().text()).isEqualTo("up second\n");
        assertThat(server.exitCode()).isZero();
      }
    }
  }

  @Test
  void aSecondSignalCancelsWhatTheFirstWaitedFor() throws Exception {
    try (Server server = Server.start(folder, "--tox", waitingTox);
        JarProcess running = server.client("run", "first")) {
      running.out().awaitText("up first");
      server.signal("TERM");
      server.err().awaitText("Draining");
      server.signal("TERM");
      assertThat(running.exitCode()).isEqualTo(130);
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void cancelEndsWhatRunsAndWhatWaits() throws Exception {
    try (Server server = Server.start(folder, "--tox", waitingTox);
        JarProcess running = server.client("run", "first")) {
      running.out().awaitText("up first");
      try (JarProcess queued = server.client("run", "second")) {
        queued.err().awaitText("Command run is queued");
        try (JarProcess cancel = server.client("cancel")) {
          assertThat(cancel.exitCode()).isZero();
          assertThat(cancel.out().text()).isEqualTo("{\"cancelled\": 2}\n");
        }
        assertThat(running.exitCode()).isEqualTo(130);
        assertThat(queued.exitCode()).isEqualTo(130);
        assertThat(server.out().text()).isEqualTo("up first\n");
      }
    }
  }

  @Test
  void cancellingAnUnknownCommandIsAnErrorThatNamesTheField() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess cancel = server.client("cancel", "-c", "foo")) {
      assertThat(cancel.exitCode()).isEqualTo(1);
      assertThat(cancel.err().text()).isEqualTo("command: unknown command foo, use run\n");
    }
  }

  @Test
  void withTwoJobsTwoRunsAreUnderWayAtOnce() throws Exception {
    try (Server server = Server.start(folder, "--tox", waitingTox, "--jobs", "2");
        JarProcess first = server.client("run", "first");
        JarProcess second = server.client("run", "second")) {
      first.out().awaitText("up first");
      second.out().awaitText("up second");
      Files.createFile(go);
      assertThat(first.exitCode()).isEqualTo(5);
      assertThat(second.exitCode()).isEqualTo(5);
    }
  }

  @Test
  void aPortInUseIsOneLineThatNamesIt() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess second =
            new JarProcess(
                folder, java.util.Map.of(), "-p", String.valueOf(server.port()), "serve")) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err().text())
          .matches("tox-server: can't listen on tcp://127\\.0\\.0\\.1:" + server.port() + ": .*\n");
    }
  }

  /** No name server is asked for a name with an empty part. */
  @Test
  void aHostWithoutAnAddressIsOneLineThatSaysSo() throws Exception {
    try (JarProcess server =
        new JarProcess(folder, java.util.Map.of(), "-p", "0", "-b", "a..b", "serve")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err().text())
          .endsWith(
              "tox-server: can't listen on tcp://a..b:0: that host has no address. Choose another with -p or -b.\n");
    }
  }

  private static void drain(Server server, String how) throws Exception {
    if (how.equals("quit")) {
      try (JarProcess quit = server.client("quit")) {
        assertThat(quit.exitCode()).isZero();
      }
    } else {
      server.signal(how);
    }
  }
}
