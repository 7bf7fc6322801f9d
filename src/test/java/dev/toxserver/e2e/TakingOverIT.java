package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that one client takes from another, as both clients see it. */
class TakingOverIT {
  private static final String ID = "a-run";

  @TempDir Path folder;

  @Test
  void whoeverItIsTakenFromIsToldAndWatchesAndLeavesItAloneOnCtrlC() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.event(typed.run, new JsonObject().put("type", "taken"));
      typed.window.out().awaitText("Another client has taken the run over");
      typed.window.awaitCooked();
      typed.server.output(typed.run, 1, "still to be seen");
      typed.window.out().awaitText("still to be seen");
      typed.window.type("\003");
      assertThat(typed.window.exitCode()).isEqualTo(3);
      assertThat(typed.window.shown()).contains("\nLeft run " + FakeServer.id(typed.run));
      assertThat(typed.server.sentNothing()).as("no cancel, and nothing that was typed").isTrue();
    }
  }

  @Test
  void whoeverTakesItTypesOnBehindAllThatWasTypedBefore() throws Exception {
    try (FakeServer server = new FakeServer();
        TerminalWindow window = attach(server, "--take")) {
      JsonObject attach = server.next();
      assertThat(attach.getJsonObject("body").getBoolean("take")).isTrue();
      answer(server, attach, 0);
      assertThat(server.next().getString("address")).isEqualTo("tox.resize");
      server.event(idOnly(), TypedInto.startedInATerminal());
      assertTyping(server, window);
    }
  }

  @Test
  void whereTheStartIsNotToldAnyMoreTheAnswerToTheSizeTellsThatThereIsATerminal() throws Exception {
    try (FakeServer server = new FakeServer();
        TerminalWindow window = attach(server, "--take", "--from-now")) {
      answer(server, server.next(), 7);
      JsonObject resize = server.next();
      assertThat(resize.getString("address")).isEqualTo("tox.resize");
      server.reply(resize, new JsonObject());
      assertTyping(server, window);
    }
  }

  @Test
  void aRunWithoutATerminalGetsLinesThatAreEditedHere() throws Exception {
    try (FakeServer server = new FakeServer();
        TerminalWindow window = attach(server, "--take", "--from-now")) {
      answer(server, server.next(), 7);
      server.refuse(server.next(), 400, "id: the run was asked for without a terminal");
      JsonObject input = server.next();
      assertThat(window.isRaw()).isFalse();
      server.refuse(input, 400, "id: the run was asked for without a terminal and without stdin");
      window.out().awaitText("nothing more is handed on to the run: id: the run was asked for");
    }
  }

  @Test
  void whoeverTakesItHasItItEndsWithThem() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "attach", "--take", ID)) {
      answer(server, server.next(), 0);
      server.event(idOnly(), TypedInto.startedInATerminal());
      server.output(idOnly(), 1, "up");
      client.out().awaitText("up");
      server.hangUp();
      JsonObject again = server.next().getJsonObject("body");
      assertThat(again.getBoolean("requester")).isTrue();
      assertThat(again.getInteger("hold")).isEqualTo(3);
      client.signal("TERM");
      assertThat(client.exitCode()).isEqualTo(143);
      assertThat(server.next().getString("address")).isEqualTo("tox.cancel");
    }
  }

  /** It goes on behind what was typed before. */
  private static void assertTyping(FakeServer server, TerminalWindow window) throws Exception {
    JsonObject question = server.next();
    assertThat(question.getJsonObject("body").getString("data")).as("where is it?").isEmpty();
    server.reply(question, new JsonObject().put("offset", 40));
    window.awaitRaw();
    window.type("x");
    JsonObject body = server.next().getJsonObject("body");
    assertThat(body.getInteger("offset")).isEqualTo(40);
    assertThat(body.getString("data")).isEqualTo("eA==");
  }

  private TerminalWindow attach(FakeServer server, String... options) throws Exception {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("-h", "127.0.0.1", "-p", String.valueOf(server.port()), "attach"));
    all.addAll(List.of(options));
    all.add(ID);
    return TerminalWindow.ofClient(folder, all.toArray(String[]::new));
  }

  private static void answer(FakeServer server, JsonObject attach, int from) throws Exception {
    assertThat(attach.getString("address")).isEqualTo("tox.attach");
    server.reply(
        attach,
        new JsonObject().put("id", ID).put("state", "running").put("from", from).put("hold", 3));
  }

  /** As the request that the fake server's events are about. */
  private static JsonObject idOnly() {
    return new JsonObject().put("body", new JsonObject().put("id", ID));
  }
}
