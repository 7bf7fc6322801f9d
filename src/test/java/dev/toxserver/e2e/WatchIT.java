package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.watch.Repository;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saves of real files in a real repository make runs; no two at once, and none is left. */
@Timeout(120)
class WatchIT {
  /** The first run lasts, all others end; each says whether the one before it is still there. */
  private static final String FIRST_LASTS =
      "[ ! -s pid.log ] || { kill -0 $(cat pid.log) 2>/dev/null && echo both; exit 0; };"
          + " echo $$ > pid.log; echo up; sleep 60 & wait";

  @TempDir Path temporary;

  private Path folder;
  private Repository repository;

  @BeforeEach
  void aProject() throws Exception {
    folder = temporary.toRealPath();
    repository = Repository.in(folder);
    repository.write(".gitignore", ".tox\n.state\n*.log\n");
    repository.write("a.py", "");
    repository.commit();
  }

  @Test
  void realToxRunsAtOnceAndAgainAfterASave() throws Exception {
    for (String file : List.of("tox.ini", "test_hello.py")) {
      Files.copy(Path.of("examples/hello-tox", file), folder.resolve(file));
    }
    try (Server server = Server.start(folder);
        JarProcess watch = server.client("--json", "watch", "-e", "pass")) {
      assertThat(awaitRun(watch, 1).getString("state")).as(watch.err().text()).isEqualTo("passed");
      repository.write("test_hello.py", "def test_hello():\n    assert 0\n");
      JsonObject second = awaitRun(watch, 2);
      assertThat(second.getString("state")).isEqualTo("failed");
      assertThat(second.getInteger("returncode")).isEqualTo(1);
      assertThat(second.getJsonArray("changed")).containsExactly("test_hello.py");
      assertThat(watch.err().text()).contains("Passing");
    }
  }

  @Test
  void aSaveDuringARunEndsThatOneWholeAndThenTheNextBegins() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("--json", "watch", "-c", FIRST_LASTS)) {
      watch.err().awaitText("up");
      repository.write("a.py", "x = 1\n");
      assertThat(awaitRun(watch, 1).getString("state")).isEqualTo("stale");
      assertThat(awaitRun(watch, 2).getString("state")).isEqualTo("passed");
      assertThat(watch.err().text()).doesNotContain("both");
    }
  }

  @Test
  void inAPipeARunIsOneLineAndStandardOutputIsToxsOwn() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("watch", "-c", "echo out; echo err >&2; exit 3")) {
      watch.err().awaitText("[FAIL]");
      repository.write("a.py", "x = 1\n");
      // On a busy machine one save may be seen as two, and a third run follow.
      String both = "err\n[FAIL] failed\nerr\n[FAIL] failed\n";
      await()
          .atMost(Captured.DEADLINE)
          .untilAsserted(() -> assertThat(watch.err().textWithoutTime()).startsWith(both));
      watch.signal("INT");
      assertThat(watch.exitCode()).isZero();
      assertThat(watch.out().text()).startsWith("out\nout\n").matches("(out\n)*");
    }
  }

  @Test
  void eachRunIsKeptWithTheTreeOfTheFilesThatItTests() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("--git-tree", "--json", "watch", "-c", "true")) {
      awaitRun(watch, 1);
      repository.write("a.py", "x = 1\n");
      String second = awaitRun(watch, 2).getString("id");
      try (JarProcess status = server.client("status", "--tree", "--json")) {
        assertThat(status.exitCode()).isZero();
        assertThat(new JsonObject(status.out().text()).getJsonArray("runs"))
            .extracting(run -> ((JsonObject) run).getString("id"))
            .containsExactly(second);
      }
    }
  }

  @Test
  void whoEndsWatchNeedNotWaitForGit() throws Exception {
    Path git =
        Files.writeString(
            Files.createDirectory(temporary.resolve(".git-in-the-way")).resolve("git"),
            """
            #!/bin/sh
            case "$*" in *add*) touch "$BEGUN"; exec sleep 60 ;; esac
            PATH=${PATH#*:} exec git "$@"
            """);
    assertThat(git.toFile().setExecutable(true)).isTrue();
    Path begun = temporary.resolve("begun.log");
    Map<String, String> slow =
        Map.of("PATH", git.getParent() + ":" + System.getenv("PATH"), "BEGUN", begun.toString());
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client(slow, "--git-tree", "watch", "-c", "echo up")) {
      await().atMost(Captured.DEADLINE).until(() -> Files.exists(begun));
      watch.signal("TERM");
      assertThat(watch.exitCode()).isEqualTo(143);
      assertThat(watch.out().text()).isEmpty();
    }
  }

  @Test
  void twentySavesMakeOneRun() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("--json", "watch", "-c", "true")) {
      awaitRun(watch, 1);
      for (int save = 0; save < 20; save++) {
        repository.write("a.py", "x = " + save + "\n");
      }
      awaitRun(watch, 2);
      assertNothingMore(watch, 2);
    }
  }

  @Test
  void aBranchSwitchOfFiveThousandFilesMakesOneRun() throws Exception {
    repository.git("checkout", "-q", "-b", "other");
    for (int number = 0; number < 5_000; number++) {
      repository.write("d" + number % 70 + "/f" + number + ".py", "x = " + number + "\n");
    }
    repository.commit();
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("--json", "watch", "-c", "true")) {
      awaitRun(watch, 1);
      repository.git("checkout", "-q", "main");
      awaitRun(watch, 2);
      repository.git("checkout", "-q", "other");
      awaitRun(watch, 3);
      assertNothingMore(watch, 3);
    }
  }

  @Test
  void anInterruptEndsTheRunAndWatchWithIt() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("watch", "-c", FIRST_LASTS)) {
      watch.out().awaitText("up");
      watch.signal("INT");
      assertThat(watch.exitCode()).isZero();
      assertThat(watch.err().textWithoutTime())
          .isEqualTo("Cancelling run with the server. ^C again to exit.\n[FAIL] cancelled\n");
      long pid = Long.parseLong(Files.readString(folder.resolve("pid.log")).strip());
      assertThat(ProcessHandle.of(pid)).isEmpty();
    }
  }

  @Test
  void whoIsNotLetInIsToldAtOnce() throws Exception {
    Map<String, String> wrong = Map.of("TOX_SERVER_TOKEN", "a-token-of-nobody-here");
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client(wrong, "watch", "-c", "true")) {
      assertThat(watch.exitCode()).isEqualTo(1);
      assertThat(watch.err().text().lines()).hasSize(1);
    }
  }

  @Test
  void aServerThatComesBackIsAskedAgain() throws Exception {
    try (Server server = Server.start(folder, "--tox", "/bin/sh");
        JarProcess watch = server.client("-t", "2", "--json", "watch", "-c", "true")) {
      awaitRun(watch, 1);
      server.signal("KILL");
      server.exitCode();
      repository.write("a.py", "x = 1\n");
      assertThat(awaitRun(watch, 2).getString("state")).isEqualTo("unknown");
      assertThat(watch.isAlive()).isTrue();
    }
  }

  /** What came before the next save would have made a run before it. */
  private void assertNothingMore(JarProcess watch, int runs) throws Exception {
    repository.write("sentinel.py", Long.toString(System.nanoTime()));
    assertThat(awaitRun(watch, runs + 1).getJsonArray("changed")).containsExactly("sentinel.py");
  }

  private static JsonObject awaitRun(JarProcess watch, int number) {
    await("run " + number)
        .atMost(Captured.DEADLINE)
        .until(() -> watch.out().text().lines().count() >= number);
    return new JsonObject(watch.out().text().lines().toList().get(number - 1));
  }
}
