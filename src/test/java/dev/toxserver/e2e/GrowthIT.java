package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has made many runs is no bigger than one that has made some. */
@Timeout(120)
class GrowthIT {
  /** More than what a server remembers of runs that have ended. */
  private static final int WARM_UP = 200;

  private static final int RUNS = 1_000;

  /** A leak of 2 KiB a run is more than that; without one it changes by a few KiB in all. */
  private static final long LIVE_HEAP = Proc.MEGABYTE;

  /** A pool that happened never to be full before may have grown; a leak would be of hundreds. */
  private static final int SPARE_THREADS = 4;

  @TempDir Path folder;
  private int runs;

  private record Size(long threads, long files, long children, long liveHeap, long resident) {
    static Size of(long pid) throws IOException {
      // The collection first: it has threads and files of its own.
      long liveHeap = Proc.liveHeapBytes(pid);
      return new Size(
          Proc.threads(pid),
          Proc.openFiles(pid),
          ProcessHandle.of(pid).orElseThrow().children().count(),
          liveHeap,
          Proc.residentBytes(pid));
    }

    boolean hasNoMoreHandlesThan(Size other) {
      return threads <= other.threads + SPARE_THREADS
          && files <= other.files
          && children <= other.children;
    }
  }

  @Test
  void aThousandRunsLeaveNothingInTheServer() throws Exception {
    String tox = Script.in(folder, "echo $1; echo $1 >&2; exit 3");
    try (Server server = Server.start(folder, variables(), "--no-tee", "--tox", tox)) {
      long start = System.nanoTime();
      run(server, WARM_UP);
      Size before = Size.of(server.pid());
      run(server, RUNS);
      Size after = Size.of(server.pid());
      System.out.printf(
          "GrowthIT: %d runs in %d s; %s, then %s%n",
          runs, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), before, after);
      await("threads, files and children are back at " + before)
          .atMost(Captured.DEADLINE)
          .until(() -> Size.of(server.pid()).hasNoMoreHandlesThan(before));
      assertThat(after.liveHeap() - before.liveHeap()).as("live heap").isLessThan(LIVE_HEAP);
      assertThat(after.resident() - before.resident())
          .as("resident")
          .isLessThan(16 * Proc.MEGABYTE);
    }
  }

  private void run(Server server, int until) throws IOException {
    while (runs < until) {
      String id = "run-" + runs++;
      try (BridgeSocket client = server.socket()) {
        client.register(id);
        client.request(
            "tox.run", new JsonObject().put("id", id).put("args", new JsonArray().add(id)));
        assertThat(returncode(client)).isEqualTo(3);
      }
    }
  }

  private static int returncode(BridgeSocket client) throws IOException {
    while (true) {
      JsonObject body = client.next().getJsonObject("body", new JsonObject());
      if ("exit".equals(body.getString("type"))) {
        return body.getInteger("returncode");
      }
    }
  }

  /**
   * A heap whose pages are all there from the start, or its first use would look like growth, and
   * without the gaps that a collection may leave, which count as arrays; and no slow compiler,
   * which is at work for some minutes, and grows meanwhile (by 18 MB, seen on 25). For the jar and
   * for the launcher.
   */
  private static Map<String, String> variables() {
    String options =
        "-Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:MarkSweepDeadRatio=0 -XX:+ExitOnOutOfMemoryError"
            + " -XX:TieredStopAtLevel=1";
    return Map.of("JAVA_TOOL_OPTIONS", options, "TOX_SERVER_JAVA_OPTS", options);
  }
}
