package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs that print more than the store of output takes, and do not end. */
class NatsFullStoreIT {
  private static final int STORE_BYTES = 12_000_000;
  private static final int RUN_BYTES = 20_000_000;

  @TempDir Path folder;

  private NatsTeam team;
  private Server hub;

  @BeforeEach
  void start() throws Exception {
    team = NatsTeam.aroundOne(folder);
    hub = team.hub("one", "--nats-output", String.valueOf(STORE_BYTES));
    team.runner("r1");
  }

  @AfterEach
  void stop() throws Exception {
    if (team != null) {
      team.close();
    }
  }

  @Test
  void runsThatFillItGoOnAndThoseWhoComeLateAreToldWhatIsMissing() throws Exception {
    JarProcess a = printing("a");
    JarProcess b = printing("b");
    for (JarProcess run : List.of(a, b)) {
      run.err().awaitText("all is printed");
    }
    JarProcess late = team.client(hub, "attach", "last");
    late.err().awaitText("tox-server: some output is missing here: ");

    Files.createFile(team.work().resolve("go"));
    for (JarProcess run : List.of(a, b)) {
      assertThat(run.exitCode()).as(run.err().text()).isZero();
      assertThat(run.err().text()).doesNotContain("missing");
    }
    assertThat(a.out().bytes()).isEqualTo(Files.readAllBytes(team.work().resolve("a")));
    assertThat(b.out().bytes()).isEqualTo(Files.readAllBytes(team.work().resolve("b")));
    assertThat(late.exitCode()).isZero();
    assertThat(late.out().size()).isLessThan(RUN_BYTES);
  }

  private JarProcess printing(String name) throws Exception {
    String script =
        "head -c %d /dev/urandom | tee %s; echo all is printed >&2; until [ -e go ]; do sleep 0.1;"
            + " done";
    return team.client(hub, "run", "-c", script.formatted(RUN_BYTES, name));
  }
}
