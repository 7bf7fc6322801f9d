package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idle connections hold all descriptors that the server may have. */
class DescriptorsIT {
  private static final int LIMIT = 80;

  @TempDir Path folder;
  private final List<Socket> idle = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket each : idle) {
      each.close();
    }
  }

  @Test
  void aRunIsEndedAllTheSame() throws Exception {
    String tox =
        Script.in(
            folder,
            "trap '' INT TERM; echo $$ >%s; echo up; while :; do sleep 0.1; done"
                .formatted(folder.resolve("pid")));
    try (Server server = server("--tox", tox);
        JarProcess run = server.client("run")) {
      run.out().awaitText("up");
      takeAll(server);
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(128 + 9);
      assertThat(Proc.isAlive(folder.resolve("pid"))).isFalse();
      assertThat(Proc.openFiles(server.pid())).as("all the while").isGreaterThan(LIMIT - 10);
    }
  }

  private Server server(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n \"$0\" && exec \"$@\"", LIMIT + ""));
    command.addAll(JarProcess.command());
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("--no-auth", "--no-tee", "--interrupt-grace", "0.3", "--terminate-grace", "0.3"));
    return Server.startWith(command, folder, Map.of(), all.toArray(String[]::new));
  }

  /** What the server does not accept waits, and takes each descriptor that becomes free. */
  private void takeAll(Server server) throws IOException {
    for (int n = 0; n < LIMIT; n++) {
      idle.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }
    await().atMost(Captured.DEADLINE).until(() -> Proc.openFiles(server.pid()) >= LIMIT);
  }
}
