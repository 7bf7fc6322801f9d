package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An agent in a folder: the official TypeScript SDK's client (src/test/node/mcp.js), which has
 * started {@code tox-server mcp}.
 */
final class Agent extends JarProcess {
  private int answers;

  private Agent(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    super(folder, environment, command);
  }

  /** One that finds its server by the folder. */
  static Agent in(Path folder, String... options) throws IOException {
    return in(folder, Map.of(), options);
  }

  static Agent in(Path folder, Map<String, String> environment, String... options)
      throws IOException {
    List<String> server = new ArrayList<>(JarProcess.command());
    server.addAll(List.of(options));
    server.add("mcp");
    return new Agent(
        folder, environment, NodeScripts.command("mcp.js", server.toArray(String[]::new)));
  }

  /** Calls a tool; {@code text}, {@code isError} and the time that it took, {@code millis}. */
  JsonObject call(String tool, JsonObject input) throws IOException {
    return act(new JsonObject().put("action", "call").put("tool", tool).put("input", input));
  }

  /** The text of a call that is no error. */
  String told(String tool, JsonObject input) throws IOException {
    JsonObject answer = call(tool, input);
    assertThat(answer.getBoolean("isError")).as(answer.encode()).isFalse();
    return answer.getString("text");
  }

  /** Runs tox, and waits for at most so many seconds. */
  JsonObject run(int wait, String... args) throws IOException {
    return call(
        "run", new JsonObject().put("args", new JsonArray(List.of(args))).put("wait", wait));
  }

  /** Does what mcp.js can. */
  JsonObject act(JsonObject action) throws IOException {
    begin(action);
    return answer();
  }

  /** The same without waiting for the answer. */
  void begin(JsonObject action) throws IOException {
    in().write((action.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    in().flush();
  }

  /** The next answer. */
  JsonObject answer() {
    int number = answers++;
    await()
        .atMost(Captured.DEADLINE)
        .until(() -> out().text().chars().filter(each -> each == '\n').count() > number);
    return new JsonObject(out().text().lines().skip(number).findFirst().orElseThrow());
  }
}
