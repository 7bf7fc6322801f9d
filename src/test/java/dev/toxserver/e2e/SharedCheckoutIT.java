package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server and two runners in one folder, and real tox. */
class SharedCheckoutIT {
  private static final Duration LONG = Duration.ofSeconds(120);

  /** Waits until all have begun, and looks whether its environment is still its own. */
  private static final String MEET =
      """
      import os, pathlib, sys, time
      mine = pathlib.Path(sys.argv[1], "mine")
      mine.write_text(str(os.getpid()))
      pathlib.Path("begun-%d" % os.getpid()).touch()
      until = time.monotonic() + 60
      while len(list(pathlib.Path().glob("begun-*"))) < 3:
          assert time.monotonic() < until, "the others have not begun"
          time.sleep(0.05)
      assert mine.read_text() == str(os.getpid()), "another run works here"
      """;

  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    Files.writeString(folder.resolve("meet.py"), MEET);
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        envlist = same
        [testenv]
        skip_install = true
        commands = python meet.py {envdir}
        """);
  }

  @Test
  void theyRunOneEnvironmentAtOnceAndNoneGetsInAnothersWay() throws Exception {
    try (Server server = Server.start(folder, "--runner-token-file", token());
        JarProcess r1 = runner(server, "r1");
        JarProcess r2 = runner(server, "r2")) {
      r1.err().awaitText("Joined the server");
      r2.err().awaitText("Joined the server");
      try (JarProcess here = server.client("run", "-e", "same");
          JarProcess there = server.client("--on", "r1", "run", "-e", "same");
          JarProcess elsewhere = server.client("--on", "r2", "run", "-e", "same")) {
        for (JarProcess client : List.of(here, there, elsewhere)) {
          assertThat(client.exitCode(LONG)).as(client.out().text()).isZero();
        }
      }
    }
    for (String work : List.of(".tox", ".tox/.runner-r1", ".tox/.runner-r2")) {
      assertThat(folder.resolve(work).resolve("same/mine")).exists();
    }
  }

  @Test
  void whoLeavesTheWorkFolderToToxAddsNothingToWhatToxIsTold() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    String tox =
        Files.move(
                Path.of(Script.in(bin, "echo 3.28.0 $*; echo ${TOX_WORK_DIR-none}")),
                bin.resolve("tox"))
            .toString();
    try (Server server = Server.start(folder, "--runner-token-file", token());
        JarProcess r1 = runner(server, "r1", "--tox", tox, "--shared-workdir");
        JarProcess r2 = runner(server, "r2", "--tox", tox)) {
      r1.err().awaitText("Joined the server");
      r2.err().awaitText("Joined the server");
      assertThat(output(server.client("--on", "r1", "run", "-e", "x")))
          .isEqualTo("3.28.0 -e x\nnone\n");
      assertThat(output(server.client("--on", "r2", "run", "-e", "x")))
          .isEqualTo("3.28.0 --workdir .tox/.runner-r2 -e x\nnone\n");
    }
  }

  private static String output(JarProcess client) throws Exception {
    try (client) {
      assertThat(client.exitCode()).as(client.err().text()).isZero();
      return client.out().text();
    }
  }

  private JarProcess runner(Server server, String name, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("runner", "--join", "127.0.0.1:" + server.port()));
    args.addAll(List.of("--runner-token-file", token(), "--name", name, "--label", name));
    args.addAll(List.of(more));
    return new JarProcess(folder, Map.of(), args.toArray(String[]::new));
  }

  private String token() {
    return folder.resolve("runner-token").toString();
  }
}
