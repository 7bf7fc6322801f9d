package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client in a terminal asks for, and where its keys go. */
class KeyboardIT {
  @TempDir Path folder;

  @Test
  void aRunIsAskedForWithATerminalLikeTheUsersOwn() throws Exception {
    try (TypedInto typed = TypedInto.accepted(folder)) {
      assertThat(typed.run.getJsonObject("body").getJsonObject("terminal"))
          .isEqualTo(
              new JsonObject().put("columns", 100).put("rows", 30).put("term", "xterm-256color"));
      assertThat(typed.run.getJsonObject("body").containsKey("stdin")).isFalse();
    }
  }

  @Test
  void eachKeyGoesToTheProgramAsItIsTypedAndNoneIsEchoedHere() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      for (String key : new String[] {"a", "\003", "\004", "\034", "\r", "ü", "\033[A", "\t"}) {
        typed.window.type(key);
        assertThat(typed.takeInput().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
            .isEqualTo(key.getBytes());
      }
      assertThat(typed.window.out().size()).isZero();
    }
  }

  @Test
  void whatIsTypedBeforeTheStartIsNotLost() throws Exception {
    try (TypedInto typed = TypedInto.accepted(folder)) {
      typed.window.type("early");
      typed.started();
      typed.takeAll("early");
    }
  }

  @Test
  void onlyOneInputIsUnderWayAndWhatWasNotTakenIsOfferedAgain() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.window.type("abc");
      JsonObject first = typed.server.next();
      typed.window.type("def");
      typed.server.reply(first, new JsonObject().put("offset", 0));
      typed.takeAll("abcdef");
    }
  }

  @Test
  void whileItWaitsForItsTurnTheTerminalIsTheUsersAndCtrlCCancels() throws Exception {
    try (TypedInto typed = TypedInto.accepted(folder)) {
      typed.window.type("\003");
      typed.acceptCancel();
      typed.server.exit(typed.run, 0, 130);
      assertThat(typed.window.exitCode()).isEqualTo(130);
      assertThat(typed.window.shown())
          .contains("^C\nCancelling run with the server. ^C again to exit.\n");
    }
  }

  @Test
  void aNewSizeIsToldAlsoWhileTheRunWaits() throws Exception {
    try (TypedInto typed = TypedInto.accepted(folder)) {
      typed.window.resize(60, 20);
      assertThat(nextSize(typed)).isEqualTo("60 20");
      typed.started();
      typed.window.awaitRaw();
      typed.window.resize(61, 21);
      assertThat(nextSize(typed)).isEqualTo("61 21");
    }
  }

  @Test
  void withoutATerminalThereIsNone() throws Exception {
    try (TypedInto typed = TypedInto.accepted(folder, "--no-tty")) {
      assertThat(typed.run.getJsonObject("body").containsKey("terminal")).isFalse();
    }
    assertThat(terminalInAPipe()).isNull();
    assertThat(terminalInAPipe("--tty").getInteger("columns")).as("asked for").isEqualTo(80);
  }

  private JsonObject terminalInAPipe(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("run");
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, all.toArray(String[]::new))) {
      JsonObject run = server.acceptRun();
      assertThat(client.isAlive()).isTrue();
      return run.getJsonObject("body").getJsonObject("terminal");
    }
  }

  private static String nextSize(TypedInto typed) throws Exception {
    JsonObject resize = typed.server.next();
    assertThat(resize.getString("address")).isEqualTo("tox.resize");
    JsonObject body = resize.getJsonObject("body");
    return body.getInteger("columns") + " " + body.getInteger("rows");
  }
}
