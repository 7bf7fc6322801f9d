package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run again and again until it fails, which its client has left alone. */
@Timeout(120)
class DetachedLoopIT {
  /** Each round waits until it may go on; the third fails. */
  private static final String THIRD_FAILS =
      "echo x >> rounds; n=$(wc -l < rounds); echo round $n;"
          + " while [ ! -e go$n ]; do sleep 0.05; done; [ $n -lt 3 ]";

  @TempDir Path folder;

  @Test
  void itGoesOnWithoutItsClientAndWhoAttachesFollowsItToItsEndAndIsNotified() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh")) {
      String loop = begin(server, "--until-fail", "--detach", "run", "-c", THIRD_FAILS);
      letGoOn(1);
      awaitRound(2);
      try (TerminalWindow window = server.inTerminal("--notify-after", "0.1", "attach", loop)) {
        window.out().awaitText("round 2");
        letGoOn(2);
        window.out().awaitText("round 3");
        letGoOn(3);
        assertThat(window.exitCode()).isEqualTo(1);
        assertThat(window.shown()).doesNotContain("round 1").contains("passed in", "failed in");
        assertThat(window.out().text()).contains("\033]9;tox-server: failed in ");
      }
      try (JarProcess status = server.client("status")) {
        assertThat(status.exitCode()).isZero();
        assertThat(status.out().text())
            .contains("failed (detached) (round 3)", loop + "  passed (detached) (round 1)");
      }
    }
  }

  @Test
  void cancelEndsIt() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh")) {
      String loop = begin(server, "--detach", "--until-fail", "9", "run", "-c", THIRD_FAILS);
      letGoOn(1);
      awaitRound(2);
      try (JarProcess attach = server.client("attach", loop);
          JarProcess cancel = server.client("cancel", loop)) {
        assertThat(cancel.exitCode()).isZero();
        assertThat(cancel.out().text()).isEqualTo("{\"cancelled\": 1}\n");
        assertThat(attach.exitCode()).isNotZero();
        assertThat(attach.err().textWithoutTime()).endsWith("[FAIL] cancelled\n");
      }
      assertThat(rounds()).isEqualTo(2);
    }
  }

  @Test
  void withRealToxItStopsInTheDebuggerAndWaitsForWhoeverTakesItsKeyboard() throws Exception {
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        envlist = py
        [testenv]
        skip_install = true
        commands = python flaky.py {posargs}
        """);
    Files.writeString(
        folder.resolve("flaky.py"),
        """
        import sys
        rounds = open("rounds", "a+")
        rounds.write("x\\n")
        rounds.seek(0)
        round = len(rounds.readlines())
        rounds.close()
        if round == 2:
            if "--pdb" in sys.argv:
                breakpoint()
            sys.exit("it failed")
        """);
    try (Server server = Server.start(folder)) {
      String loop = begin(server, "--tty", "--detach", "--until-fail", "run", "--", "--pdb");
      try (TerminalWindow onlooker = server.inTerminal("--notify-after", "0.001", "attach", loop)) {
        onlooker.out().awaitText("\033]9;tox-server: the run waits for keys\007");
        onlooker.hangUp();
      }
      try (JarProcess status = server.client("status")) {
        assertThat(status.exitCode()).isZero();
        assertThat(status.out().text()).contains("running (detached) (waits for keys) (round 2)");
        assertThat(status.err().text())
            .startsWith("A run waits for keys: tox-server attach --take ");
      }
      try (TerminalWindow window = server.inTerminal("attach", "--take", loop)) {
        window.out().awaitText("(Pdb) ");
        window.awaitRaw();
        window.type("p 20 + round\r");
        window.out().awaitText("22");
        window.type("c\r");
        assertThat(window.exitCode()).isEqualTo(1);
        assertThat(window.out().text()).contains("it failed");
      }
      assertThat(rounds()).isEqualTo(2);
    }
  }

  /** Its client leaves at once; the loop's name. */
  private static String begin(Server server, String... args) throws Exception {
    try (JarProcess client = server.client(args)) {
      assertThat(client.exitCode()).as(client.err().text()).isZero();
      return client.out().text().strip();
    }
  }

  private void letGoOn(int round) throws Exception {
    Files.createFile(folder.resolve("go" + round));
  }

  private void awaitRound(int round) {
    await("round " + round).atMost(Captured.DEADLINE).until(() -> rounds() >= round);
  }

  private int rounds() throws Exception {
    Path file = folder.resolve("rounds");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }
}
