package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a terminal whose connection is lost. */
class KeyboardReconnectIT {
  @TempDir Path folder;

  @Test
  void aKeyThatWasNotTakenGoesOverTheNextConnection() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.window.type("a");
      assertThat(typed.data(typed.server.next())).isEqualTo("a");
      typed.server.hangUp();
      attached(typed, 0);
      typed.window.type("b");
      typed.takeAll("ab");
    }
  }

  @Test
  void whileItIsAwayTheTerminalIsTheUsersAndCtrlCEndsIt() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.goAway();
      typed.window.out().awaitText("Reconnecting… ^C to give up.");
      typed.window.awaitCooked();
      typed.window.type("\003");
      typed.window.out().awaitText("^C again to exit.");
      typed.window.type("\003");
      assertThat(typed.window.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void whatIsTypedMeanwhileIsForTheProgramOnceItIsBackAndSoIsANewSize() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.goAway();
      typed.window.out().awaitText("Reconnecting…");
      typed.window.awaitCooked();
      typed.window.resize(60, 20);
      typed.window.type("a\004\004b");
      typed.server.comeBack();
      attached(typed, 0);
      JsonObject resize = typed.server.next();
      assertThat(resize.getString("address")).isEqualTo("tox.resize");
      assertThat(resize.getJsonObject("body").getInteger("columns")).isEqualTo(60);
      typed.window.awaitRaw();
      typed.takeAll("a\004b");
    }
  }

  @Test
  void whoFindsTheRunTakenByAnotherIsToldAndOnlyWatches() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.hangUp();
      typed.server.attached(typed.run, 1);
      typed.window.out().awaitText("Another client has taken the run over");
      typed.window.awaitCooked();
    }
  }

  private static void attached(TypedInto typed, int hold) throws Exception {
    JsonObject attach = typed.server.next();
    assertThat(attach.getJsonObject("body").getBoolean("requester")).isTrue();
    typed.server.reply(
        attach,
        new JsonObject()
            .put("id", FakeServer.id(typed.run))
            .put("state", "running")
            .put("from", 1)
            .put("hold", hold));
  }
}
