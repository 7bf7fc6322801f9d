package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A client in a terminal window, whose run has a terminal at a server of the test's own. */
final class TypedInto implements AutoCloseable {
  final FakeServer server;
  final TerminalWindow window;
  final JsonObject run;

  private int taken;

  private TypedInto(FakeServer server, TerminalWindow window, JsonObject run) {
    this.server = server;
    this.window = window;
    this.run = run;
  }

  /** The run has started, and the terminal is raw. */
  static TypedInto start(Path folder, String... options) throws Exception {
    TypedInto typed = accepted(folder, options);
    typed.started();
    typed.window.awaitRaw();
    return typed;
  }

  /** The run was asked for, and waits for its turn. */
  static TypedInto accepted(Path folder, String... options) throws Exception {
    FakeServer server = new FakeServer();
    TerminalWindow window = TerminalWindow.ofClient(folder, command(server, options));
    return new TypedInto(server, window, server.acceptRun());
  }

  private static String[] command(FakeServer server, String... options) {
    List<String> all =
        new ArrayList<>(List.of("-h", "127.0.0.1", "-p", String.valueOf(server.port())));
    all.addAll(List.of(options));
    all.add("run");
    return all.toArray(String[]::new);
  }

  /** The program runs in a terminal: event 0. */
  void started() throws IOException {
    server.event(run, startedInATerminal());
  }

  static JsonObject startedInATerminal() {
    return new JsonObject()
        .put("seq", 0)
        .put("type", "started")
        .put("pid", 1)
        .put("command", List.of("tox"))
        .put("terminal", new JsonObject().put("columns", 100).put("rows", 30));
  }

  /** Awaits input, all of which is taken, and returns it. */
  String takeInput() throws Exception {
    JsonObject input = server.next();
    String data = data(input);
    taken += data.length();
    server.reply(input, new JsonObject().put("offset", taken));
    return data;
  }

  /** Awaits just these keys, in one input or in several. */
  void takeAll(String keys) throws Exception {
    StringBuilder got = new StringBuilder();
    while (got.length() < keys.length()) {
      got.append(takeInput());
    }
    assertThat(got).hasToString(keys);
  }

  /** What an input holds, which has to be from where the last one ended. */
  String data(JsonObject input) {
    assertThat(input.getString("address")).isEqualTo("tox.input");
    JsonObject body = input.getJsonObject("body");
    assertThat(body.getString("id")).isEqualTo(FakeServer.id(run));
    assertThat(body.getInteger("offset")).isEqualTo(taken);
    return new String(
        Base64.getDecoder().decode(body.getString("data")), StandardCharsets.ISO_8859_1);
  }

  /** Awaits the client's cancel and answers it. */
  void acceptCancel() throws Exception {
    JsonObject cancel = server.next();
    assertThat(cancel.getString("address")).isEqualTo("tox.cancel");
    server.reply(cancel, new JsonObject().put("cancelled", 1));
  }

  @Override
  public void close() throws IOException {
    window.close();
    server.close();
  }
}
