package dev.toxserver.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {
  private final Tools tools = new Tools();

  @Test
  void argumentsReachTheCallAsTheyAre() throws Exception {
    assertThat(read("run", "{\"args\":[\"-e\",\"py 311\",\"\"],\"on\":[\"gpu\"],\"wait\":3}"))
        .isEqualTo(new ToolCall.Run(List.of("-e", "py 311", ""), new Labels(List.of("gpu")), 3));
    assertThat(read("exec", "{\"command\":[\"cat\",\"a\"]}"))
        .isEqualTo(new ToolCall.Exec(List.of("cat", "a"), Labels.NONE, Tools.MOST_WAIT));
    assertThat(read("rerun", "{\"id\":\"a\",\"all\":true}"))
        .isEqualTo(new ToolCall.Rerun(new RunId("a"), false, Tools.MOST_WAIT));
    assertThat(read("cancel", "{\"id\":\"a\"}")).isEqualTo(new ToolCall.Cancel(new RunId("a")));
    assertThat(read("logs", "{\"search\":\"E \",\"from_line\":7}"))
        .isEqualTo(new ToolCall.Logs(RunId.LAST, new LogPart.Search("E ", 7, 2)));
    assertThat(read("logs", "{\"from_line\":7,\"id\":null}"))
        .isEqualTo(new ToolCall.Logs(RunId.LAST, new LogPart.Lines(7)));
    assertThat(read("status", "{\"from\":46}"))
        .isEqualTo(new ToolCall.Status(Optional.empty(), 46));
    assertThat(read("logs", "{\"from_byte\":0}"))
        .isEqualTo(new ToolCall.Logs(RunId.LAST, new LogPart.Bytes(0)));
  }

  @Test
  void whatIsLeftOutIsTheLastRunAndTheLongestWait() throws Exception {
    assertThat(read("run", "{}"))
        .isEqualTo(new ToolCall.Run(List.of(), Labels.NONE, Tools.MOST_WAIT));
    assertThat(read("wait", "{}")).isEqualTo(new ToolCall.Wait(RunId.LAST, Tools.MOST_WAIT));
    assertThat(read("status", "{}")).isEqualTo(new ToolCall.Status(Optional.empty(), 1));
    assertThat(read("results", "{}")).isEqualTo(new ToolCall.Results(RunId.LAST, 1));
    assertThat(read("logs", "{}")).isEqualTo(new ToolCall.Logs(RunId.LAST, new LogPart.Last()));
    assertThat(read("rerun", "{}"))
        .isEqualTo(new ToolCall.Rerun(RunId.LAST, true, Tools.MOST_WAIT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | {\"args\":null,\"on\":null,\"wait\":null}",
        "wait | {\"id\":null,\"wait\":null}",
        "results | {\"from\":null}",
        "logs | {\"search\":null,\"from_line\":null,\"from_byte\":null,\"context\":null}",
        "rerun | {\"id\":null,\"all\":null}"
      })
  void whatIsNullIsLeftOut(String tool, String arguments) throws Exception {
    assertThat(read(tool, arguments)).isEqualTo(read(tool, "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | {\"args\":[1]} | args: must be an array of strings",
        "run | {\"wait\":41} | wait: must be a whole number from 0 to 40",
        "run | {\"wait\":-1} | wait: must be a whole number from 0 to 40",
        "run | {\"wait\":1.5} | wait: must be a whole number from 0 to 40",
        "run | {\"wait\":99999999999} | wait: must be a whole number from 0 to 40",
        "run | {\"folder\":\"..\"} | folder: run has no such argument; it has args, on, wait",
        "run | {\"on\":[\"a b\"]} | labels: each must be 1 to 64 of A-Z a-z 0-9 _ - . +",
        "exec | {} | command: is missing",
        "exec | {\"command\":[]} | command: must name a program",
        "cancel | {} | id: is missing",
        "wait | {\"id\":7} | id: must be a string",
        "wait | {\"id\":\"a/b\"} | id: must be 1 to 64 of A-Z a-z 0-9 _ -",
        "rerun | {\"all\":\"yes\"} | all: must be true or false"
      })
  void whatIsWrongIsSaidInOneLine(String tool, String arguments, String message) {
    assertThatThrownBy(() -> read(tool, arguments))
        .isInstanceOf(Tools.ArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void noCallCanAskForALongerWaitThanAgentsHave() {
    assertThat(tools.toJson(Scope.ALL).encode()).contains("\"maximum\":" + Tools.MOST_WAIT);
    assertThat(Tools.MOST_WAIT).isLessThanOrEqualTo(40);
  }

  private ToolCall read(String name, String arguments) throws Exception {
    return tools.read(name, new JsonObject(arguments));
  }
}
