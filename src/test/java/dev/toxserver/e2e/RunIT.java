package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {
  @TempDir Path folder;

  @Test
  void theExitCodeAndBothStreamsComeHomeUnchanged() throws Exception {
    String tox = Script.in(folder, "printf 'a\\000\\377\\033[1mb'; printf 'c\\r' >&2; exit 17");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(17);
      assertThat(run.out().bytes()).isEqualTo(new byte[] {'a', 0, -1, 27, '[', '1', 'm', 'b'});
      assertThat(run.err().text()).matches("c\r\\[FAIL] failed in \\d+\\.\\d s\n");
    }
  }

  @Test
  void aRunThatPassesSaysSoOnStandardError() throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, "echo fine"));
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("fine\n");
      assertThat(run.err().text()).matches("\\[DONE] passed in \\d+\\.\\d s\n");
    }
  }

  @Test
  void aProgramThatASignalKilledExitsWith128AndItsNumber() throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, "kill -s KILL $$"));
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(128 + 9);
    }
  }

  @Test
  void everythingAfterTheWordRunReachesToxUntouched() throws Exception {
    String tox = Script.in(folder, "for each; do printf '<%s>' \"$each\"; done");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run =
            server.client(
                "run", "--", "-e", "py", "--", "-h", "--help", "-p", "1", "a b", "", "'q'", "\"",
                "ping", "*", "$HOME", "@x", "ü日本", "-k=\n")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text())
          .isEqualTo(
              "<--><-e><py><--><-h><--help><-p><1><a b><><'q'><\"><ping><*><$HOME><@x><ü日本><-k=\n>");
    }
  }

  @Test
  void unicodeArgumentsSurviveTheCLocaleOnBothSides() throws Exception {
    java.util.Map<String, String> bare = java.util.Map.of("LC_ALL", "C", "LANG", "C");
    String tox = Script.in(folder, "for each; do printf '<%s>' \"$each\"; done");
    try (Server server = Server.start(folder, bare, "--tox", tox);
        JarProcess run =
            new JarProcess(
                folder, bare, "-p", String.valueOf(server.port()), "run", "é\\0", "日\n")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("<é\\0><日\n>");
    }
  }

  @Test
  void outputArrivesAsItHappensNotAtTheEndOfALine() throws Exception {
    Path go = folder.resolve("go");
    String tox =
        Script.in(
            folder,
            "for n in 1 2 3; do printf \"tick$n\"; while [ ! -e %s$n ]; do sleep 0.02; done; done"
                .formatted(go));
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run = server.client("run")) {
      for (int n = 1; n <= 3; n++) {
        // The program goes on only when the test has seen its tick.
        run.out().awaitText("tick" + n);
        assertThat(run.out().text()).doesNotContain("tick" + (n + 1));
        java.nio.file.Files.createFile(Path.of(go.toString() + n));
      }
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void aMissingProgramIsNamedAndExitsWith127() throws Exception {
    try (Server server = Server.start(folder, "--tox", "no-such-tox");
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isEqualTo(127);
      assertThat(run.err().text())
          .startsWith("'no-such-tox' was not found on the server")
          .endsWith("[FAIL] failed\n");
    }
  }

  @Test
  void anOptionOfOursThatWentToToxIsToldWhereItBelongsIfToxFails() throws Exception {
    String tox = Script.in(folder, "echo no such option: $1 >&2; [ $2 = fine ] || exit 2");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess fails = server.client("run", "--detach", "bad");
        JarProcess passes = server.client("run", "--detach", "fine")) {
      assertThat(fails.exitCode()).isEqualTo(2);
      assertThat(fails.err().textWithoutTime())
          .isEqualTo(
              "no such option: --detach\n"
                  + "tox-server: --detach went to tox, as all does that follows the word run;"
                  + " our own options stand before it: tox-server --detach run …\n"
                  + "[FAIL] failed\n");
      assertThat(passes.exitCode()).isZero();
      assertThat(passes.err().textWithoutTime())
          .isEqualTo("no such option: --detach\n[DONE] passed\n");
    }
  }

  @Test
  void theVerdictTellsHowLongSuchARunUsuallyTakes() throws Exception {
    String tox = Script.in(folder, "exit $1");
    try (Server server = Server.start(folder, "--tox", tox)) {
      String usual = " \\(usual: \\d+\\.\\d s, n = ";
      String[] verdicts = {"", usual + "1\\)", usual + "2\\)"};
      for (String verdict : verdicts) {
        try (JarProcess passes = server.client("run", "0");
            JarProcess fails = server.client("run", "1")) {
          assertThat(fails.exitCode()).isEqualTo(1);
          assertThat(fails.err().text()).matches("(?s).*\\[FAIL] failed in \\d+\\.\\d s\n");
          assertThat(passes.exitCode()).isZero();
          assertThat(passes.err().text())
              .matches("(?s).*\\[DONE] passed in \\d+\\.\\d s" + verdict + "\n");
        }
      }
    }
  }

  @Test
  void theProgramGetsAnEmptyStandardInput() throws Exception {
    String tox = Script.in(folder, "cat; echo end");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("end\n");
    }
  }

  @Test
  void whoStopsReadingEndsTheRunAsABrokenPipeWould() throws Exception {
    Path ended = folder.resolve("ended");
    String tox =
        Script.in(folder, "trap 'touch %s; exit 1' INT; while :; do echo y; done".formatted(ended));
    try (Server server = Server.start(folder, "--tox", tox)) {
      String client = String.join(" ", JarProcess.command()) + " -p " + server.port() + " run";
      Process head =
          new ProcessBuilder("bash", "-c", client + " | head -n 2; exit ${PIPESTATUS[0]}")
              .directory(folder.toFile())
              .start();
      assertThat(head.waitFor()).isEqualTo(141);
      assertThat(head.getInputStream().readAllBytes()).isEqualTo("y\ny\n".getBytes());
      org.awaitility.Awaitility.await()
          .atMost(Captured.DEADLINE)
          .until(() -> java.nio.file.Files.exists(ended));
    }
  }
}
