package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue of the largest runs that there can be, in the memory that the launcher gives. */
@Timeout(120)
class FullQueueIT {
  private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");
  private static final int MOST_BYTES = 128 * 1024;

  @TempDir Path folder;

  @Test
  void aHundredRunsWithTheLongestArgumentsAndVariablesHurtNobody() throws Exception {
    String tox = Script.in(folder, "while :; do sleep 0.05; done");
    try (Server server = Server.start(folder, SMALL_HEAP, "--tox", tox);
        BridgeSocket client = server.socket()) {
      ask(client, new JsonObject().put("id", "first").put("args", new JsonArray()));
      JsonArray args = new JsonArray().add("a".repeat(MOST_BYTES));
      JsonObject env = new JsonObject().put("N", "v".repeat(MOST_BYTES - 1));
      for (int n = 1; n <= 100; n++) {
        JsonObject run = new JsonObject().put("id", "r" + n).put("args", args).put("env", env);
        assertThat(ask(client, run).getInteger("position")).isEqualTo(n);
      }
      client.request("tox.run", new JsonObject().put("id", "more").put("args", args));
      assertThat(client.next().getInteger("failureCode")).isEqualTo(429);
      client.request("tox.ping", new JsonObject());
      assertThat(client.nextFrom("reply").getInteger("queued")).isEqualTo(100);
      long heap = Proc.liveHeapBytes(server.pid());
      System.out.println("FullQueueIT: live heap " + heap / Proc.MEGABYTE + " MiB");
      assertThat(heap).isLessThan(64 * Proc.MEGABYTE);
      client.request("tox.cancel", new JsonObject().put("command", "run"));
      assertThat(client.nextFrom("reply").getInteger("cancelled")).isEqualTo(101);
      assertThat(client.isAnswered()).isTrue();
    }
  }

  private static JsonObject ask(BridgeSocket client, JsonObject run) throws Exception {
    client.request("tox.run", run.put("detach", true));
    return client.nextFrom("reply");
  }
}
