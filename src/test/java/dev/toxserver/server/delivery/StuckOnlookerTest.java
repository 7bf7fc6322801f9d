package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.ServerVerticle;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who attaches and takes nothing. */
@ExtendWith(VertxExtension.class)
class StuckOnlookerTest {
  /** More than the sockets' buffers hold. */
  private static final int CHUNKS = 400;

  private static final int CHUNK = 64 * 1024;

  @TempDir private Path folder;

  @Test
  void itDoesNotHoldUpTheRunAndIsCutOff(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    ServerVerticle server =
        runner.deploy(TestConfig.server(new ServerConfig.Patience(60_000, 500, 60_000), folder));
    try (TestClient requester = new TestClient(server.port());
        TestClient stuck = new TestClient(server.port())) {
      requester.runDetached("a");
      stuck.attach("a", 0);
      for (int seq = 0; seq < CHUNKS; seq++) {
        runner.output("a", seq, seq + 1, CHUNK);
        runner.awaitAcknowledge(seq);
      }
      runner.exit("a", CHUNKS, 0);
      requester.answer("tox.quit", new JsonObject());
      // It would wait for whoever still reads.
      server.drained().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(eventsBeforeEviction(stuck)).isLessThan(CHUNKS);
    }
  }

  @Test
  void aClientThatAsksForTheStatusAndDoesNotReadItIsNotAnsweredAgain(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(runner.deployServer(1, 2))) {
      askAHundredTimes(client, "tox.status", new JsonObject());
    }
  }

  @Test
  void aClientThatAsksForTheResultsAndDoesNotReadThemIsNotAnsweredAgain(Vertx vertx)
      throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(runner.deployServer(1, 2))) {
      client.runDetached("a");
      runner.nextStart();
      runner.publish("a", new RunEvent.Results(0, new RunResults(List.of(), Optional.of("x"))));
      runner.exit("a", 1, 0);
      client.settle();
      askAHundredTimes(client, "tox.results", new JsonObject().put("id", "a"));
    }
  }

  private static void askAHundredTimes(TestClient client, String address, JsonObject body)
      throws IOException {
    Buffer frames = Buffer.buffer();
    JsonObject frame =
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("replyAddress", "reply")
            .put("body", body);
    for (int n = 0; n < 100; n++) {
      frames.appendBuffer(Frames.encode(frame));
    }
    client.socket().send(frames);
    int refused = 0;
    for (int n = 0; n < 100; n++) {
      refused += "err".equals(client.socket().next().getString("type")) ? 1 : 0;
    }
    assertThat(refused).isBetween(1, 99);
    // Now that it has read them, it may ask again.
    client.answer(address, body);
  }

  private static int eventsBeforeEviction(TestClient stuck) {
    int events = 0;
    while (true) {
      try {
        stuck.event("a");
        events++;
      } catch (IOException | DecodeException cutOff) {
        return events;
      }
    }
  }
}
