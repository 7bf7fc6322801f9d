package dev.toxserver.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Scope;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tools an agent is told of, once the server has said what its token may. */
class ToolListTest {
  private final Deque<JsonObject> out = new ArrayDeque<>();
  private final List<Consumer<Scope>> asked = new ArrayList<>();
  private boolean ended;
  private final McpDialogue dialogue =
      new McpDialogue(
          "1",
          done -> {
            asked.add(done);
            return () -> ended = true;
          },
          (call, done) -> () -> {},
          line -> out.add(new JsonObject(line)));

  @Test
  void allTogetherHaveLessThanFourKilobytes() {
    ask("tools/list", 1);
    asked.get(0).accept(Scope.ALL);
    JsonObject result = out.remove().getJsonObject("result");
    assertThat(result.encode().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4_096);
    assertThat(names(result)).isEqualTo("run exec wait status results logs cancel rerun");
  }

  @ParameterizedTest
  @CsvSource({"RUN, run wait status results logs cancel rerun", "READ, wait status results logs"})
  void whatTheTokenMayNotDoIsLeftOut(Scope may, String tools) {
    ask("tools/list", 1);
    asked.get(0).accept(may);
    assertThat(names(out.remove().getJsonObject("result"))).isEqualTo(tools);
  }

  @Test
  void whileAllCallsAreTakenTheServerIsNotAsked() {
    for (int id = 1; id <= McpDialogue.MOST_CALLS; id++) {
      ask("tools/list", id);
    }
    assertThat(asked).hasSize(McpDialogue.MOST_CALLS);
    ask("tools/list", 0);
    assertThat(asked).hasSize(McpDialogue.MOST_CALLS);
    assertThat(names(out.remove().getJsonObject("result"))).contains("exec");
  }

  @Test
  void whoDoesNotWantTheListAnyMoreIsNotAnswered() {
    ask("tools/list", 1);
    dialogue.line(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
    assertThat(ended).isTrue();
    asked.get(0).accept(Scope.ALL);
    assertThat(out).isEmpty();
  }

  private void ask(String method, int id) {
    dialogue.line("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\"}".formatted(id, method));
  }

  private static String names(JsonObject result) {
    return String.join(
        " ",
        result.getJsonArray("tools").stream()
            .map(tool -> ((JsonObject) tool).getString("name"))
            .toList());
  }
}
