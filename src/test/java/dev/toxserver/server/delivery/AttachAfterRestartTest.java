package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a server that is gone, which the next one has. */
@ExtendWith(VertxExtension.class)
class AttachAfterRestartTest {
  @TempDir private Path folder;
  private FakeRunner runner;
  private ServerConfig config;
  private TestClient client;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    config = TestConfig.server(TestConfig.PATIENCE, folder.resolve("state"));
    start();
    client.runDetached("a");
    runner.nextStart();
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  @Test
  void whatIsDamagedIsToldOfWithTheReasonAndTheExitComesAllTheSame() throws Exception {
    runner.output("a", 0, 5, 100);
    runner.exit("a", 5, 7);
    client.settle();
    stop();
    Path file = folder.resolve("state/a/output.%019d".formatted(0));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // The length of the third entry: 13 bytes stand before each.
      channel.write(ByteBuffer.wrap(new byte[] {-1}), 2 * (13 + 100));
    }
    start();
    client.attach("a", 0);
    client.awaitSeqs("a", 0, 2);
    assertThat(client.event("a"))
        .isEqualTo(
            new JsonObject()
                .put("type", "hole")
                .put("from", 2)
                .put("to", 5)
                .put("reason", "what was kept can't be read"));
    assertThat(client.event("a").getInteger("returncode")).isEqualTo(7);
  }

  @Test
  void aRunWhoseServerDiedEndsWithLostHoweverFarItsReaderHadCome() throws Exception {
    runner.output("a", 0, 100, 16_000);
    client.settle();
    restart();
    assertThat(client.attach("a", 50).getString("state")).isEqualTo("lost");
    List<JsonObject> events = client.eventsToEnd("a");
    assertThat(events.get(events.size() - 1)).isEqualTo(new JsonObject().put("type", "lost"));
    client.attach("a", 100);
    assertThat(client.event("a").getString("type")).isEqualTo("lost");
  }

  @Test
  void aRunThatEndedBeforeTheServerDidIsReplayedByTheNext() throws Exception {
    runner.output("a", 0, 10, 10);
    runner.exit("a", 10, 0);
    client.settle();
    restart();
    client.attach("last", 0);
    client.awaitSeqs("a", 0, 11);
  }

  private void start() throws Exception {
    client = new TestClient(runner.deploy(config).port());
  }

  private void stop() throws Exception {
    leave();
    runner.undeploy();
  }

  private void restart() throws Exception {
    stop();
    start();
  }
}
