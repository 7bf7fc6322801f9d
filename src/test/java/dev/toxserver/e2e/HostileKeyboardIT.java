package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients that type badly do to a real server: others are served, and nothing grows. */
@Timeout(120)
class HostileKeyboardIT {
  private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");
  private static final String OUTPUT = "tox.output.a";

  @TempDir Path folder;

  @Test
  void whatIsTypedWithoutEndIntoAProgramThatDoesNotReadIsNotKept() throws Exception {
    String most = "x".repeat(64 * 1024);
    try (Server server = Server.start(folder, SMALL_HEAP);
        BridgeSocket bystander = server.socket();
        BridgeSocket flooder = server.socket()) {
      exec(flooder, "sleep", "600");
      flooder.request("tox.input", input(0, most));
      assertThat(reply(flooder).getLong("offset")).as("the pipe's own").isEqualTo(most.length());
      long before = Proc.residentBytes(server.pid());
      // More than the heap, if it were kept.
      Thread sender = new Thread(() -> flood(flooder, input(most.length(), most), 3_000));
      sender.start();
      int refused = 0;
      for (int n = 0; n < 3_000; n++) {
        refused += "err".equals(flooder.next().getString("type")) ? 1 : 0;
      }
      sender.join();
      assertThat(refused).isEqualTo(2_999);
      long grown = Proc.residentBytes(server.pid()) - before;
      System.out.println("HostileKeyboardIT: 190 MB typed: grew by " + grown / 1024 + " KiB");
      assertThat(grown).as("what was typed is not in it").isLessThan(180 * Proc.MEGABYTE);

      bystander.request("tox.cancel", new JsonObject().put("id", "a"));
      assertThat(bystander.nextFrom("reply").getInteger("cancelled")).isEqualTo(1);
      assertThat(exit(flooder).getBoolean("cancelled")).isTrue();
    }
  }

  @Test
  void ofEachThatTakesARunFromTheOneBeforeNothingIsLostAndNothingTwice() throws Exception {
    List<BridgeSocket> takers = new ArrayList<>();
    try (Server server = Server.start(folder);
        BridgeSocket first = server.socket()) {
      exec(first, "cat");
      StringBuilder typed = new StringBuilder();
      for (int n = 1; n <= 100; n++) {
        BridgeSocket taker = server.socket();
        takers.add(taker);
        taker.request(
            "tox.attach", new JsonObject().put("id", "a").put("follow", false).put("take", true));
        assertThat(reply(taker).getLong("hold")).isEqualTo(n);
        taker.request("tox.input", input(0, ""));
        long offset = reply(taker).getLong("offset");
        assertThat(offset).isEqualTo(typed.length());
        typed.append(n).append('\n');
        taker.request("tox.input", input(offset, n + "\n"));
        assertThat(reply(taker).getLong("offset")).isEqualTo(typed.length());
      }
      BridgeSocket last = takers.get(takers.size() - 1);
      last.request("tox.input", end(typed.length()));

      StringBuilder out = new StringBuilder();
      JsonObject event = first.nextFrom(OUTPUT);
      while (!"exit".equals(event.getString("type"))) {
        if ("output".equals(event.getString("type"))) {
          byte[] data = Base64.getDecoder().decode(event.getString("data"));
          out.append(new String(data, StandardCharsets.UTF_8));
        }
        event = first.nextFrom(OUTPUT);
      }
      assertThat(event.getInteger("returncode")).isZero();
      assertThat(out).hasToString(typed.toString());
    } finally {
      for (BridgeSocket taker : takers) {
        taker.close();
      }
    }
  }

  @Test
  void terminalsThatComeAndGoLeaveNoFileOpenAndNoThread() throws Exception {
    try (Server server = Server.start(folder);
        BridgeSocket client = server.socket()) {
      terminal(client);
      long files = Proc.openFiles(server.pid());
      long threads = Proc.threads(server.pid());
      for (int n = 0; n < 50; n++) {
        terminal(client);
      }
      await()
          .atMost(Captured.DEADLINE)
          .untilAsserted(
              () -> {
                assertThat(Proc.openFiles(server.pid())).isLessThanOrEqualTo(files + 4);
                assertThat(Proc.threads(server.pid())).isLessThanOrEqualTo(threads + 4);
              });
    }
  }

  @Test
  void whatIsTypedBehindAGapOrBehindTheEndIsRefusedAndTheProgramGoesOn() throws Exception {
    try (Server server = Server.start(folder);
        BridgeSocket client = server.socket()) {
      exec(client, "cat");
      for (long offset : new long[] {1, 1_000_000, Long.MAX_VALUE}) {
        client.request("tox.input", input(offset, "x"));
        assertThat(refusal(client)).isEqualTo(400);
      }
      client.request("tox.input", input(0, "x"));
      assertThat(reply(client).getLong("offset")).isEqualTo(1);
      client.request("tox.input", end(1));
      JsonObject exit = exit(client);
      assertThat(exit.getInteger("returncode")).isZero();
      client.request("tox.input", input(1, "y"));
      assertThat(refusal(client)).isEqualTo(404);
    }
  }

  private static void terminal(BridgeSocket client) throws IOException {
    client.register("a");
    JsonObject size = new JsonObject().put("columns", 80).put("rows", 24).put("term", "dumb");
    client.request(
        "tox.run",
        new JsonObject()
            .put("id", "a")
            .put("program", new JsonArray().add("tty"))
            .put("terminal", size));
    assertThat(exit(client).getInteger("returncode")).isZero();
    client.send(new JsonObject().put("type", "unregister").put("address", OUTPUT));
  }

  /** Has a program run whose input comes through us. */
  private static void exec(BridgeSocket client, String... program) throws IOException {
    client.register("a");
    client.request(
        "tox.run",
        new JsonObject()
            .put("id", "a")
            .put("program", new JsonArray(List.of((Object[]) program)))
            .put("stdin", true));
    client.nextFrom("reply");
    assertThat(client.nextFrom(OUTPUT).getString("type")).isEqualTo("started");
  }

  private static void flood(BridgeSocket client, JsonObject piece, int times) {
    try {
      for (int n = 0; n < times; n++) {
        client.request("tox.input", piece);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The next answer, whatever events come before it. */
  private static JsonObject reply(BridgeSocket client) throws IOException {
    JsonObject frame = client.next();
    while (!"reply".equals(frame.getString("address"))) {
      frame = client.next();
    }
    assertThat(frame.getString("type")).as(frame.encode()).isEqualTo("message");
    return frame.getJsonObject("body");
  }

  private static int refusal(BridgeSocket client) throws IOException {
    JsonObject frame = client.next();
    while (!"err".equals(frame.getString("type"))) {
      assertThat(frame.getString("address")).isEqualTo(OUTPUT);
      frame = client.next();
    }
    return frame.getInteger("failureCode");
  }

  private static JsonObject exit(BridgeSocket client) throws IOException {
    while (true) {
      JsonObject body = client.next().getJsonObject("body");
      if (body != null && "exit".equals(body.getString("type"))) {
        return body;
      }
    }
  }

  private static JsonObject input(long offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new JsonObject()
        .put("id", "a")
        .put("offset", offset)
        .put("data", Base64.getEncoder().encodeToString(bytes));
  }

  private static JsonObject end(long offset) {
    return new JsonObject().put("id", "a").put("offset", offset).put("end", true);
  }
}
