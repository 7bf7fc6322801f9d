package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container allows only so many processes, and a run uses them up. */
class LimitsIT {
  @TempDir Path folder;
  private PidsGroup group;
  private String tox;

  @BeforeEach
  void aGroup() throws Exception {
    group = PidsGroup.make().orElse(null);
    assumeTrue(group != null, "needs root and a writable cgroup hierarchy with pids");
    tox =
        Script.in(
            folder,
            """
            [ "$1" = fill ] || { echo fine; exit; }
            (while :; do sleep 600 & done) 2>/dev/null
            echo full
            exec sleep 600
            """);
  }

  @AfterEach
  void goneAgain() {
    if (group != null) {
      group.remove();
    }
  }

  @Test
  void aRunThatUsesUpAllProcessesIsEndedAllTheSameAndTheNextOneRuns() throws Exception {
    try (Server server = server()) {
      group.allowMore(20);
      try (JarProcess run = server.client("run", "fill")) {
        run.out().awaitText("full");
        assertThat(cancel(server)).isEqualTo("{\"cancelled\": 1}\n");
        assertThat(run.exitCode()).isEqualTo(130);
      }
      // What was killed counts until somebody collects it, and perhaps nobody does here.
      group.lift();
      assertThatOneRuns(server);
    }
  }

  /** Wherever in the start of a run it is that nothing more can be had. */
  @Test
  void aRunThatCanNotHaveItsProcessOrItsThreadsFailsAtOnceInOneLine() throws Exception {
    try (Server server = server()) {
      for (int more = 0; more < 7; more++) {
        group.allowMore(more);
        try (JarProcess run = server.client("run")) {
          int code = run.exitCode();
          group.lift();
          if (code != 0) {
            assertThat(code).isEqualTo(126);
            assertThat(run.err().text())
                .matches("the server could not start [^\n]+\n\\[FAIL][^\n]+\n");
            assertThatOneRuns(server);
          }
        }
      }
    }
  }

  private Server server() throws Exception {
    return Server.startWith(
        group.around(JarProcess.command()), folder, Map.of(), "--tox", tox, "--no-tee");
  }

  private static String cancel(Server server) throws Exception {
    try (JarProcess cancel = server.client("cancel")) {
      cancel.exitCode();
      return cancel.out().text();
    }
  }

  private static void assertThatOneRuns(Server server) throws Exception {
    try (JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("fine\n");
    }
  }
}
