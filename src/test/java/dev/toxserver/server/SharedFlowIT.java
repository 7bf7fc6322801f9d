package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.NatsSubjects;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.PurgeOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run prints that nobody takes, or that finds no room, over a real NATS. */
@Timeout(120)
class SharedFlowIT {
  private static final int MIB = 1024 * 1024;

  @TempDir Path folder;

  private SharedTeam team;
  private ServerVerticle hub;
  private TestClient client;
  private Connection nats;

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")), 8 * MIB);
    hub = team.hub();
    team.runner("r1", 2, hub);
    client = team.client(hub);
    nats = Nats.connect(team.nats().urls().get(0));
  }

  @AfterEach
  void end() throws Exception {
    nats.close();
    team.close();
  }

  @Test
  void aClientThatStopsReadingHoldsUpItsRunAlone() throws Exception {
    int bytes = 48 * MIB;
    client.socket().register("a");
    client.socket().request("tox.run", print("a", bytes));

    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(30))
        .until(this::messages, new Unchanged()::test);
    try (TestClient other = new TestClient(hub.port())) {
      other.socket().register("b");
      other.socket().request("tox.run", print("b", 2 * MIB));
      assertThat(readToEnd(other, "b")).isEqualTo(2 * MIB);
    }

    assertThat(readToEnd(client, "a")).isEqualTo(bytes);
  }

  @Test
  void aRunWhoseOutputFindsNoRoomSaysSoAndLosesNothing() throws Exception {
    client.run(detached("old", 5 * MIB / 2));
    awaitState("old", "passed");
    client.run(detached("older", 5 * MIB / 2));
    awaitState("older", "passed");
    client.socket().register("a");
    client.socket().request("tox.run", print("a", 3 * MIB));

    long read = readUntil(client, "a", event -> event.encode().contains("store of output is full"));
    nats.jetStreamManagement()
        .purgeStream(NatsSubjects.OUTPUT_STREAM, PurgeOptions.subject("tox.out.r1.old.>"));
    assertThat(read + readToEnd(client, "a")).isEqualTo(3 * MIB);
  }

  @Test
  void ofALongRunTheNewestIsKept() throws Exception {
    client.run(detached("a", 24 * MIB));
    awaitState("a", "passed");

    client.socket().request("tox.attach", new JsonObject().put("id", "a").put("from", 0));
    assertThat(client.socket().nextFrom("reply").getLong("from")).isPositive();
    assertThat(readToEnd(client, "a")).isBetween((long) MIB, 5L * MIB);
  }

  private static JsonObject print(String id, int bytes) {
    return SharedTeam.script(id, "head -c %d /dev/zero | tr '\\0' x".formatted(bytes));
  }

  private static JsonObject detached(String id, int bytes) {
    return print(id, bytes).put("detach", true);
  }

  private void awaitState(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client
                    .answer("tox.status", new JsonObject().put("id", id))
                    .encode()
                    .contains(state));
  }

  private long messages() throws Exception {
    return nats.jetStreamManagement()
        .getStreamInfo(NatsSubjects.OUTPUT_STREAM)
        .getStreamState()
        .getLastSequence();
  }

  private long readToEnd(TestClient reader, String id) throws Exception {
    return readUntil(reader, id, event -> "exit".equals(event.getString("type")));
  }

  /** How many bytes of output came before such an event. */
  private long readUntil(TestClient reader, String id, Predicate<JsonObject> last)
      throws Exception {
    long bytes = 0;
    JsonObject frame;
    do {
      frame = reader.socket().next();
      JsonObject event = frame.getJsonObject("body", new JsonObject());
      if (("tox.output." + id).equals(frame.getString("address"))) {
        bytes += Events.text(event).length();
        if (last.test(event)) {
          return bytes;
        }
      }
    } while (true);
  }

  /** Whether a number is what it was the last time, and more than nothing. */
  private static final class Unchanged {
    private long before = -1;

    boolean test(long now) {
      boolean same = now > 0 && now == before;
      before = now;
      return same;
    }
  }
}
