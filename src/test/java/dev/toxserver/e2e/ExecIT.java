package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any program over there, as a user runs it. */
class ExecIT {
  @TempDir Path folder;

  @Test
  void streamsAndExitCodeAreTheProgramsAndNothingIsSaidOfHowItEnded() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess exec =
            server.client("exec", "--", "sh", "-c", "printf out; printf err >&2; exit 7")) {
      assertThat(exec.exitCode()).isEqualTo(7);
      assertThat(exec.out().text()).isEqualTo("out");
      assertThat(exec.err().text()).isEqualTo("err");
    }
  }

  @Test
  void wordsReachItAsTheyWereTyped() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess exec =
            server.client("exec", "printf", "<%s>", "--", "a b", "", "'q'", "$HOME", "*", "é日")) {
      assertThat(exec.exitCode()).isZero();
      assertThat(exec.out().text()).isEqualTo("<--><a b><><'q'><$HOME><*><é日>");
    }
  }

  @Test
  void whatIsPipedIntoItArrivesByteForByteWithItsEnd() throws Exception {
    byte[] data = new byte[1_000_000];
    new Random(12).nextBytes(data);
    try (Server server = Server.start(folder);
        JarProcess exec = server.client("-i", "exec", "cat")) {
      exec.in().write(data);
      exec.in().close();
      assertThat(exec.exitCode()).isZero();
      assertThat(exec.out().bytes()).isEqualTo(data);
    }
  }

  @Test
  void itDoesNotWaitForARunOfToxAndStatusTellsTheTwoApart() throws Exception {
    Path go = folder.resolve("go");
    String tox = Script.in(folder, "while [ ! -e %s ]; do sleep 0.02; done".formatted(go));
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run = server.client("run")) {
      server.err().awaitText("accepted");
      try (JarProcess exec = server.client("exec", "true")) {
        assertThat(exec.exitCode()).isZero();
      }
      try (JarProcess status = server.client("status")) {
        assertThat(status.exitCode()).isZero();
        assertThat(status.out().text())
            .containsPattern("passed \\(exec\\) .* true\n")
            .containsPattern("running  ");
      }
      Files.createFile(go);
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void oneThatIsNotThereIsTheShells127WithALine() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess exec = server.client("exec", "no-such-program")) {
      assertThat(exec.exitCode()).isEqualTo(127);
      assertThat(exec.err().text()).startsWith("'no-such-program' was not found on the server");
      assertThat(exec.err().text().lines()).hasSize(1);
    }
  }

  @Test
  void aServerThatRefusesItSaysSoInALine() throws Exception {
    try (Server server = Server.start(folder, "--no-exec");
        JarProcess exec = server.client("exec", "true")) {
      assertThat(exec.exitCode()).isEqualTo(1);
      assertThat(exec.err().text()).contains("the server was started with --no-exec");
      assertThat(exec.err().text().lines()).hasSize(1);
    }
  }

  @Test
  void itIsRepeatedByItsIdAndRerunAloneMeansTox() throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, "echo tox"));
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      String id;
      try (JarProcess exec = server.client("--detach", "exec", "echo", "hello")) {
        assertThat(exec.exitCode()).isZero();
        id = exec.out().text().strip();
      }
      try (JarProcess again = server.client("rerun", id);
          JarProcess tox = server.client("rerun")) {
        assertThat(again.exitCode()).isZero();
        assertThat(again.out().text()).isEqualTo("hello\n");
        assertThat(tox.exitCode()).isZero();
        assertThat(tox.out().text()).isEqualTo("tox\n");
      }
    }
  }

  @Test
  void afterAnInterruptNothingOfItIsLeft() throws Exception {
    Path pid = folder.resolve("pid");
    try (Server server = Server.start(folder);
        JarProcess exec =
            server.client(
                "exec", "sh", "-c", "sleep 600 & echo $! >%s; echo up; wait".formatted(pid))) {
      exec.out().awaitText("up");
      exec.signal("INT");
      assertThat(exec.exitCode()).isEqualTo(130);
      assertThat(Proc.isAlive(pid)).isFalse();
    }
  }
}
