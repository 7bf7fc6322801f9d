package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to keep more than its heap holds. */
@Timeout(60)
class OutOfMemoryIT {
  private static final String HEAP = "-Xmx24m";
  private static final String LAUNCHER = Path.of("bin/tox-server").toAbsolutePath().toString();

  @TempDir Path folder;

  @Test
  void aServerThatIsStartedByJavaAloneLeaves() throws Exception {
    leaves(JarProcess.command(), Map.of("JAVA_TOOL_OPTIONS", HEAP, "TOX_SERVER_JAVA_OPTS", HEAP));
  }

  @Test
  void aServerThatIsStartedByTheLauncherLeaves() throws Exception {
    leaves(
        List.of(LAUNCHER),
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "TOX_SERVER_JAVA_OPTS",
            HEAP + " -Xshare:auto"));
  }

  private void leaves(List<String> command, Map<String, String> environment) throws Exception {
    Path leftover = folder.resolve("leftover");
    String tox =
        Script.in(
            folder,
            "setsid sleep 600 & echo $! >%s; exec head -c 100000000 /dev/zero".formatted(leftover));
    try (Server server =
            Server.startWith(
                command,
                folder,
                environment,
                "--tox",
                tox,
                "--no-auth",
                "--no-tee",
                "--window",
                "100000000");
        JarProcess witness = server.client("-t", "1", "run", "-c", "true");
        BridgeSocket reader = new BridgeSocket(server.port())) {
      neverRead(reader);
      assertThat(server.exitCode()).isIn(1, 3);
      assertThat(server.err().text())
          .containsAnyOf("tox-server: out of memory", "Terminating due to java.lang.OutOfMemory");
      assertThat(server.out().text()).isEmpty();
      assertThat(witness.exitCode()).as(witness.err().text()).isNotZero();
    }
    await("the guardian has ended what was left")
        .atMost(Captured.DEADLINE)
        .until(() -> Files.exists(leftover) && !Proc.isAlive(leftover));
  }

  private static void neverRead(BridgeSocket reader) throws IOException {
    reader.register("stuck");
    reader.request(
        "tox.run", new JsonObject().put("id", "stuck").put("args", new JsonArray().add("x")));
  }
}
