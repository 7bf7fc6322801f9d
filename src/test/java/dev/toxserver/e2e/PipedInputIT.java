package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is piped into a client. */
class PipedInputIT {
  private static final int MOST_BYTES = 64 * 1024;
  private static final String HINT =
      "tox-server: what was piped in was not handed on to the program; -i does that:"
          + " tox-server -i …\n";

  @TempDir Path folder;

  @Test
  void everyByteIsHandedOnInOrderAndThenItsEnd() throws Exception {
    byte[] data = new byte[1_000_000];
    new Random(1).nextBytes(data);
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "-i", "run")) {
      JsonObject run = server.acceptRun();
      assertThat(run.getJsonObject("body").getBoolean("stdin")).isTrue();
      started(server, run);
      Thread writer = pipe(client, data);
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      while (true) {
        JsonObject input = server.next();
        JsonObject body = input.getJsonObject("body");
        assertThat(body.getInteger("offset")).isEqualTo(got.size());
        byte[] piece = Base64.getDecoder().decode(body.getString("data", ""));
        assertThat(piece).hasSizeLessThanOrEqualTo(MOST_BYTES);
        // The program takes half of it, as one that is slow does.
        got.write(piece, 0, (piece.length + 1) / 2);
        server.reply(input, new JsonObject().put("offset", got.size()));
        if (body.getBoolean("end", false)) {
          break;
        }
      }
      writer.join();
      assertThat(got.toByteArray()).isEqualTo(data);
      server.exit(run, 1, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.err().text()).isEqualTo("[DONE] passed\n");
    }
  }

  @Test
  void aProgramThatDoesNotReadHoldsUpWhoPipes() throws Exception {
    byte[] data = new byte[4_000_000];
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "-i", "run")) {
      started(server, server.acceptRun());
      Thread writer = pipe(client, data);
      server.next();
      writer.join(2_000);
      assertThat(writer.isAlive()).as("nothing was taken").isTrue();
      assertThat(server.hasNext()).as("one input is under way").isFalse();
    }
  }

  @Test
  void afterAReconnectWhatWasNotTakenIsSentAgain() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "-i", "run")) {
      JsonObject run = server.acceptRun();
      started(server, run);
      client.in().write("abc".getBytes());
      client.in().flush();
      JsonObject first = server.next();
      server.reply(first, new JsonObject().put("offset", 1));
      server.next();
      server.hangUp();
      JsonObject attach = server.next();
      server.reply(
          attach,
          new JsonObject()
              .put("id", FakeServer.id(run))
              .put("state", "running")
              .put("from", 1)
              .put("hold", 0));
      JsonObject body = server.next().getJsonObject("body");
      assertThat(body.getInteger("offset")).isEqualTo(1);
      assertThat(new String(Base64.getDecoder().decode(body.getString("data")))).isEqualTo("bc");
    }
  }

  @Test
  void whoPipesWithoutAskingForItIsToldOnceHow() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "run")) {
      client.in().write("data".getBytes());
      client.in().flush();
      JsonObject run = server.acceptRun();
      assertThat(run.getJsonObject("body").containsKey("stdin")).isFalse();
      server.exit(run, 0, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.err().text()).isEqualTo(HINT + "[DONE] passed\n");
    }
  }

  @Test
  void whoLeavesARunAloneHandsNothingOn() throws Exception {
    try (JarProcess client =
        new JarProcess(folder, java.util.Map.of(), "-p", "1", "-i", "--detach", "run")) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err().text()).startsWith("tox-server: --detach and --stdin: ");
    }
  }

  private static Thread pipe(JarProcess client, byte[] data) {
    Thread writer =
        new Thread(
            () -> {
              try (var in = client.in()) {
                in.write(data);
              } catch (java.io.IOException e) {
                // The client has left: what it had not read is nobody's.
                return;
              }
            });
    writer.start();
    return writer;
  }

  private static void started(FakeServer server, JsonObject run) throws Exception {
    server.event(
        run,
        new JsonObject()
            .put("seq", 0)
            .put("type", "started")
            .put("pid", 1)
            .put("command", java.util.List.of("tox")));
  }
}
