package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.HandClock;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever follows a run is notified that it waits for keys now, and not that it has once. */
class KeysAwaitedTest {
  private int notified;
  private final Terminal terminal =
      new Terminal(stream("out"), stream("err"), true, false) {
        @Override
        void notifyOfAwaitedKeys() {
          notified++;
        }
      };
  private final Call call =
      new Call(
          new HandClock().vertx(),
          Scene.ATTACH,
          new LinkStandIn(),
          terminal,
          Optional.empty(),
          Runnable::run,
          outcome -> {});

  @Test
  void thatItHasWaitedBeforeIsNoNews() {
    attach(5);
    wait(0);
    wait(1);
    wait(2);
    wait(3);
    assertThat(notified).isZero();
    wait(4);
    assertThat(notified).as("the last before the answer: it waits still").isEqualTo(1);
    wait(5);
    assertThat(notified).isEqualTo(2);
  }

  private void attach(long next) {
    call.ask();
    read(
        "reply",
        new JsonObject().put("id", "r1").put("state", "running").put("from", 0).put("next", next));
  }

  private void wait(int seq) {
    read("tox.output.r1", RunEventJson.encode(new RunEvent.KeysAwaited(seq)));
  }

  private void read(String address, JsonObject body) {
    call.read(
        new JsonObject().put("type", "message").put("address", address).put("body", body), false);
  }

  private static StandardStream stream(String name) {
    return new StandardStream(name, OutputStream.nullOutputStream());
  }
}
