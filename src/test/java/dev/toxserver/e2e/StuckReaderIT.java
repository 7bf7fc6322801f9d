package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that take nothing at all are not waited for without end. */
class StuckReaderIT {
  @TempDir Path folder;
  private String tox;

  @BeforeEach
  void aToxThatPrintsMoreThanAllSocketsHold() throws Exception {
    tox = Script.in(folder, "[ \"$1\" = quick ] || head -c 60000000 /dev/zero; echo; echo end");
  }

  @Test
  void anOnlookerThatTakesNothingIsDroppedAndTheRunGoesOn() throws Exception {
    try (Server server =
            Server.start(folder, "--no-tee", "--tox", tox, "--onlooker-patience", "0.5");
        BridgeSocket requester = server.socket();
        BridgeSocket onlooker = server.socket()) {
      onlooker.register("a");
      requester.register("a");
      requester.request("tox.run", new JsonObject().put("id", "a").put("args", new JsonArray()));
      long bytes = 0;
      JsonObject body = requester.next().getJsonObject("body");
      while (!"exit".equals(body.getString("type"))) {
        bytes += "output".equals(body.getString("type")) ? body.getBinary("data").length : 0;
        body = requester.next().getJsonObject("body");
      }
      assertThat(bytes).isEqualTo(60_000_000 + "\nend\n".length());
      assertThat(server.err().text()).contains("it took no output for 0.5 s");
    }
  }

  @Test
  void aRequesterThatTakesNothingLosesItsRunSoThatTheQueueMoves() throws Exception {
    try (Server server =
            Server.start(
                folder,
                "--no-tee",
                "--tox",
                tox,
                "--requester-patience",
                "0.5",
                "--reconnect-grace",
                "1");
        BridgeSocket stuck = server.socket()) {
      stuck.register("a");
      stuck.request("tox.run", new JsonObject().put("id", "a").put("args", new JsonArray()));
      server.err().awaitText("run a: starts");
      try (JarProcess next = server.client("run", "quick")) {
        assertThat(next.exitCode()).isZero();
        assertThat(next.out().text()).isEqualTo("\nend\n");
      }
      assertThat(server.err().text()).contains("run a: its client has gone");
    }
  }
}
