package dev.toxserver.cli;

import dev.toxserver.agent.mcp.McpDialogue;
import dev.toxserver.agent.mcp.ToolResult;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent's dialogue with the calls that it makes really carried out, but for its streams. */
final class McpScene implements AutoCloseable {
  private final Turns turns = new Turns();
  private final BlockingQueue<JsonObject> out = new LinkedBlockingQueue<>();
  private final McpClients clients;
  private final McpDialogue dialogue;
  private final CompletableFuture<Integer> main;
  private int ids;

  /** A client of a server at a port, which shows a token. */
  McpScene(Path folder, int port, String token) {
    this(folder, port, Map.of(), Map.of(Setting.TOKEN.variable(), token));
  }

  /** A client of a server at a port, which shows the token in a file. */
  McpScene(Path folder, int port, Path tokenFile) {
    this(folder, port, Map.of(Setting.TOKEN_FILE, tokenFile.toString()), Map.of());
  }

  private McpScene(
      Path folder, int port, Map<Setting, String> more, Map<String, String> variables) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.putAll(more);
    given.put(Setting.PORT, String.valueOf(port));
    given.put(Setting.HOST, "127.0.0.1");
    Settings settings = new Settings(given, variables, Map.of());
    clients = new McpClients(settings, new Environment(variables, folder, List.of()), turns);
    dialogue =
        new McpDialogue(
            "1",
            done -> new McpScope(clients, turns, done).ask(),
            (call, done) -> new McpCall(clients, turns, done).begin(call),
            line -> out.add(new JsonObject(line)));
    clients.every(1, () -> dialogue.tellProgress(1));
    main = CompletableFuture.supplyAsync(turns::untilLeft);
  }

  /** Calls a tool, and waits for what comes of it. */
  ToolResult call(String tool, JsonObject arguments) throws InterruptedException {
    begin(tool, arguments);
    return answer();
  }

  /** Calls a tool; the id of the request. */
  int begin(String tool, JsonObject arguments) {
    JsonObject params = new JsonObject().put("name", tool).put("arguments", arguments);
    int id = ++ids;
    send(request("tools/call", params).put("id", id));
    return id;
  }

  /** Has a request ended. */
  void cancel(int id) {
    send(request("notifications/cancelled", new JsonObject().put("requestId", id)));
  }

  /** The names of the tools that the agent is told of. */
  List<String> tools() throws InterruptedException {
    send(request("tools/list", new JsonObject()).put("id", ++ids));
    return result().getJsonArray("tools").stream()
        .map(each -> ((JsonObject) each).getString("name"))
        .toList();
  }

  private JsonObject result() throws InterruptedException {
    JsonObject answer = out.poll(20, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no answer");
    }
    return answer.getJsonObject("result");
  }

  /** The next answer. */
  ToolResult answer() throws InterruptedException {
    JsonObject result = result();
    String text = result.getJsonArray("content").getJsonObject(0).getString("text");
    return new ToolResult(text, result.getBoolean("isError", false));
  }

  private static JsonObject request(String method, JsonObject params) {
    return new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
  }

  private void send(JsonObject message) {
    turns.execute(() -> dialogue.line(message.encode()));
  }

  @Override
  public void close() {
    turns.execute(
        () -> {
          clients.close();
          turns.leave(0);
        });
    main.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
