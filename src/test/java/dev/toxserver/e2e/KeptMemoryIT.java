package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of runs, in a heap of which it would be a multiple. */
@Timeout(180)
class KeptMemoryIT {
  private static final int OUTPUT_BYTES = 3_000_000;

  @TempDir Path folder;

  @Test
  void withoutAFolderToKeepThemInFortyRunsDoNotFillTheMemory() throws Exception {
    String tox = Script.in(folder, "yes 1234567 | head -c " + OUTPUT_BYTES + "; exit 3");
    Path file = Files.createFile(folder.resolve("file"));
    try (Server server =
            start("--no-tee", "--history", "150", "--state-dir", file + "/state", "--tox", tox);
        LocalClient client = new LocalClient(server)) {
      for (int run = 0; run < 40; run++) {
        LocalClient.Result result = client.run();
        assertThat(((Outcome.Exited) result.outcome()).exit().returncode()).isEqualTo(3);
        assertThat(result.out()).hasSize(OUTPUT_BYTES);
      }
      try (JarProcess logs = server.client("logs")) {
        assertThat(logs.exitCode()).isEqualTo(1);
        assertThat(logs.out().size()).isGreaterThan(500_000);
        assertThat(logs.err().text()).contains("there is no folder for it");
      }
      assertThat(server.err().text()).doesNotContain("OutOfMemoryError");
    }
  }

  @Test
  void aLongFileThatADyingServerLeftIsNoReasonToForgetAllHistory() throws Exception {
    Path state = folder.resolve("state");
    Path run = Files.createDirectories(state.resolve("long"));
    JsonObject record =
        new JsonObject()
            .put("id", "long")
            .put("args", new JsonArray())
            .put("detached", true)
            .put("accepted", 1_000)
            .put("started", 1_000);
    Files.writeString(run.resolve("run.json"), record.encode());
    writeEntries(run.resolve("output.%019d".formatted(0)), 600_000);
    try (Server server = start("--spool-limit", "2000000000", "--state-dir", state.toString())) {
      try (JarProcess status = server.client("status")) {
        assertThat(status.exitCode()).isZero();
        assertThat(status.out().text()).contains("long", "lost");
      }
      try (JarProcess logs = server.client("logs")) {
        assertThat(logs.exitCode()).isEqualTo(1);
        assertThat(logs.out().size()).isEqualTo(600_000L * 80);
      }
      assertThat(server.err().text()).doesNotContain("OutOfMemoryError");
    }
  }

  private static void writeEntries(Path file, long entries) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      byte[] line = "x".repeat(80).getBytes(StandardCharsets.US_ASCII);
      for (long seq = 0; seq < entries; seq++) {
        out.writeInt(line.length);
        out.writeLong(seq);
        out.writeByte(1);
        out.write(line);
      }
    }
  }

  private Server start(String... args) throws IOException {
    // Less than 40 runs keep where nothing bounds it, and more than a server needs by itself.
    String options = "-Xmx32m";
    return Server.start(
        folder, Map.of("JAVA_TOOL_OPTIONS", options, "TOX_SERVER_JAVA_OPTS", options), args);
  }
}
