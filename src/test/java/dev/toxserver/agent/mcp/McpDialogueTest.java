package dev.toxserver.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpDialogueTest {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private final List<JsonObject> out = new ArrayList<>();
  private final List<ToolCall> begun = new ArrayList<>();
  private final List<Consumer<ToolResult>> waiting = new ArrayList<>();
  private int ended;
  private final McpDialogue dialogue =
      new McpDialogue(
          "1",
          done -> null,
          (call, done) -> {
            begun.add(call);
            waiting.add(done);
            return () -> ended++;
          },
          line -> out.add(new JsonObject(line)));

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-11-25, 2025-11-25",
    "2026-07-28, 2025-11-25",
    "1999-01-01, 2025-11-25"
  })
  void theHandshakeAgreesOnTheClientsRevisionIfThatIsKnown(String wanted, String agreed) {
    ask("initialize", "{\"protocolVersion\":\"%s\",\"capabilities\":{}}".formatted(wanted));
    JsonObject result = answer().getJsonObject("result");
    assertThat(result.getString("protocolVersion")).isEqualTo(agreed);
    assertThat(result.getJsonObject("capabilities").containsKey("tools")).isTrue();
    assertThat(result.containsKey("resultType")).isFalse();
  }

  @Test
  void whoNamesARevisionInEachRequestNeedsNoHandshake() {
    ask("server/discover", "{" + META + "}");
    JsonObject result = answer().getJsonObject("result");
    assertThat(result.getString("resultType")).isEqualTo("complete");
    assertThat(result.getJsonArray("supportedVersions")).contains("2026-07-28", "2025-11-25");
    assertThat(result.getInteger("ttlMs")).isPositive();
    assertThat(result.getString("cacheScope")).isEqualTo("public");
    ask("tools/call", "{\"name\":\"status\"," + META + "}");
    waiting.get(0).accept(ToolResult.of("none"));
    assertThat(answer().getJsonObject("result").getString("resultType")).isEqualTo("complete");
  }

  @Test
  void aRevisionThatIsNotKnownIsAnsweredByThoseThatAre() {
    ask("tools/list", "{" + META.replace("2026-07-28", "2099-01-01") + "}");
    JsonObject error = error(-32_022);
    assertThat(error.getJsonObject("data").getJsonArray("supported")).contains("2026-07-28");
    ask("tools/list", "{" + META.replace("clientCapabilities", "other") + "}");
    error(-32_602);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\": | -32700",
        "nonsense | -32700",
        "[] | -32600",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}] | -32600",
        "7 | -32600",
        "null | -32600",
        "{} | -32600",
        "{\"id\":1,\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":[]} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]} | -32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"} | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"} | -32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"no\"}} | -32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"run\",\"arguments\":1}} | -32602"
      })
  void whatIsNoRequestIsAnsweredByTheErrorThatJsonRpcHasForIt(String line, int code) {
    dialogue.line(line);
    error(code);
    assertThat(begun).isEmpty();
    ask("ping", "{}");
    assertThat(answer().getJsonObject("result")).isEmpty();
  }

  @Test
  void deepNestingAndLinesThatAreTooLongAreErrorsToo() {
    dialogue.line("[".repeat(100_000));
    error(-32_700);
    dialogue.tooLong();
    error(-32_600);
  }

  @Test
  void notificationsAnswersAndBlankLinesAreNotAnswered() {
    dialogue.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    dialogue.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}");
    dialogue.line("{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}");
    dialogue.line(" ");
    assertThat(out).isEmpty();
  }

  @Test
  void anAnswerIsTextAndSaysWhetherItIsAnError() {
    call("\"a\"", "status", "{}");
    waiting.get(0).accept(ToolResult.error("no server"));
    JsonObject whole = answer();
    assertThat(whole.getString("id")).isEqualTo("a");
    assertThat(whole.getJsonObject("result"))
        .isEqualTo(
            new JsonObject(
                "{\"content\":[{\"type\":\"text\",\"text\":\"no server\"}],\"isError\":true}"));
  }

  @Test
  void whatAToolDoesNotTakeIsAnErrorThatTheAgentSees() {
    call("1", "run", "{\"args\":\"-e py\"}");
    JsonObject result = answer().getJsonObject("result");
    assertThat(result.getBoolean("isError")).isTrue();
    assertThat(text(result)).isEqualTo("args: must be an array of strings");
    assertThat(begun).isEmpty();
  }

  @Test
  void ofAThousandCallsAtOnceSomeAreCarriedOutAndTheOthersToldToWait() {
    for (int id = 0; id < 1_000; id++) {
      call(String.valueOf(id), "status", "{}");
    }
    assertThat(begun).hasSize(McpDialogue.MOST_CALLS);
    assertThat(out).hasSize(1_000 - McpDialogue.MOST_CALLS);
    assertThat(text(answer().getJsonObject("result")))
        .isEqualTo("There are 32 calls under way: wait for one.");
    waiting.get(0).accept(ToolResult.of("none"));
    call("2000", "status", "{}");
    assertThat(begun).hasSize(McpDialogue.MOST_CALLS + 1);
  }

  @Test
  void aCallThatIsCancelledIsEndedAndNeverAnswered() {
    call("1", "wait", "{}");
    dialogue.line(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
    assertThat(ended).isOne();
    waiting.get(0).accept(ToolResult.of("passed"));
    assertThat(out).isEmpty();
  }

  @Test
  void aCallThatFailsInAWayThatNobodyForesawIsAnErrorOfItsOwn() {
    McpDialogue failing =
        new McpDialogue(
            "1",
            done -> null,
            (call, done) -> {
              throw new IllegalStateException("unforeseen");
            },
            line -> out.add(new JsonObject(line)));
    for (int n = 0; n < 2; n++) {
      failing.line(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"run\"}}");
      assertThat(error(-32_603).getString("message")).contains("unforeseen");
    }
  }

  @Test
  void twoCallsUnderWayHaveNotTheSameId() {
    call("1", "wait", "{}");
    call("1", "wait", "{}");
    error(-32_600);
    assertThat(begun).hasSize(1);
  }

  @Test
  void whoWantsToKnowIsToldThatTheCallGoesOn() {
    call("1", "wait", "{}");
    ask("tools/call", "{\"name\":\"wait\",\"_meta\":{\"progressToken\":\"p\"}}");
    dialogue.tellProgress(5);
    dialogue.tellProgress(5);
    assertThat(out)
        .extracting(
            each -> each.getJsonObject("params").getString("progressToken"),
            each -> each.getJsonObject("params").getInteger("progress"))
        .containsExactly(tuple("p", 5), tuple("p", 10));
    waiting.get(1).accept(ToolResult.of("passed"));
    out.clear();
    dialogue.tellProgress(5);
    assertThat(out).isEmpty();
  }

  private void ask(String method, String params) {
    dialogue.line(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params));
  }

  private void call(String id, String tool, String arguments) {
    dialogue.line(
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
            .formatted(id, tool, arguments));
  }

  private JsonObject answer() {
    assertThat(out).isNotEmpty();
    return out.remove(out.size() - 1);
  }

  private JsonObject error(int code) {
    JsonObject error = answer().getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(code);
    assertThat(error.getString("message")).isNotBlank().doesNotContain("\n");
    return error;
  }

  private static String text(JsonObject result) {
    JsonArray content = result.getJsonArray("content");
    return content.getJsonObject(0).getString("text");
  }
}
