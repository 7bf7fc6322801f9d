package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunRequestJsonTest {
  private static final RunId ID = new RunId("run-1");

  @Test
  void aRunIsItsIdAndItsArguments() {
    Request.Run run = new Request.Run(ID, List.of("-e", "py"), Optional.empty());

    assertThat(run.address()).isEqualTo("tox.run");
    assertThat(RequestJson.encode(run).encode())
        .isEqualTo("{\"id\":\"run-1\",\"args\":[\"-e\",\"py\"]}");
    assertThat(overTheWire(run)).isEqualTo(run);
  }

  @Test
  void aRunMayAskForHeartbeats() {
    Request.Run run = new Request.Run(ID, List.of(), Optional.of(2.5));

    assertThat(RequestJson.encode(run).encode())
        .isEqualTo("{\"id\":\"run-1\",\"args\":[],\"timeout\":2.5}");
    assertThat(overTheWire(run)).isEqualTo(run);
  }

  @Test
  void argumentsCrossTheWireUntouched() {
    List<String> args =
        List.of(
            "", " ", "--", "-h", "a b", "\"'`$(x)\\", "é\u4e2d\ud83d\ude00", "\n\t\u0001", "${x}%");

    assertThat(overTheWire(new Request.Run(ID, args, Optional.empty())).args())
        .containsExactlyElementsOf(args);
  }

  @Test
  void aWholeNumberOfSecondsIsATimeoutToo() {
    JsonObject body = new JsonObject("{\"id\":\"a\",\"args\":[],\"timeout\":3}");

    assertThat(RequestJson.decodeRun(body).timeout()).contains(3.0);
  }

  @Test
  void aTimeoutOfNullIsNone() {
    JsonObject body = new JsonObject("{\"id\":\"a\",\"args\":[],\"timeout\":null}");

    assertThat(RequestJson.decodeRun(body).timeout()).isEmpty();
  }

  @Test
  void aFieldThatALaterVersionAddsIsPassedOver() {
    JsonObject body = new JsonObject("{\"id\":\"a\",\"args\":[],\"colour\":\"red\"}");

    assertThat(RequestJson.decodeRun(body).id()).isEqualTo(new RunId("a"));
  }

  @Test
  void aRunMayStartInAFolderBelow() {
    Request.Run run =
        new Request.Run(
            ID,
            new Invocation(List.of(), Optional.of("a/b..c")),
            Optional.empty(),
            false,
            Optional.empty());

    assertThat(RequestJson.encode(run).encode())
        .isEqualTo("{\"id\":\"run-1\",\"args\":[],\"folder\":\"a/b..c\"}");
    assertThat(overTheWire(run)).isEqualTo(run);
  }

  @Test
  void aRunMayGoOnWithoutItsClient() {
    Request.Run run =
        new Request.Run(ID, new Invocation(List.of()), Optional.empty(), true, Optional.empty());

    assertThat(RequestJson.encode(run).encode())
        .isEqualTo("{\"id\":\"run-1\",\"args\":[],\"detach\":true}");
    assertThat(overTheWire(run)).isEqualTo(run);
  }

  @Test
  void aRunMayHaveTheArgumentsOfAnother() {
    Request.Run run =
        new Request.Run(
            ID, new Invocation(List.of()), Optional.empty(), false, Optional.of(RunId.LAST));

    assertThat(RequestJson.encode(run).encode()).isEqualTo("{\"id\":\"run-1\",\"rerun\":\"last\"}");
    assertThat(overTheWire(run)).isEqualTo(run);
    assertThat(run.with(new Invocation(List.of("-e", "py"))))
        .isEqualTo(new Request.Run(ID, List.of("-e", "py"), Optional.empty()));
  }

  @Test
  void aRunMayBeDoneAgainAndAgain() {
    JsonObject body = new JsonObject("{\"id\":\"run-1\",\"args\":[],\"detach\":true,\"rounds\":3}");
    Request.Run run = RequestJson.decodeRun(body);

    assertThat(run.rounds()).hasValue(3);
    assertThat(RequestJson.encode(run)).isEqualTo(body);
    assertThat(run.again(new RunId("b"), Optional.empty()).rounds()).hasValue(3);
  }

  @Test
  void aRunMayBeOfAnotherProgram() {
    Request.Run run =
        new Request.Run(
            ID,
            new Invocation(List.of("cat", "-"), Optional.empty(), true),
            Optional.empty(),
            false,
            Optional.empty());

    assertThat(run.command()).isEqualTo("exec");
    assertThat(RequestJson.encode(run).encode())
        .isEqualTo("{\"id\":\"run-1\",\"program\":[\"cat\",\"-\"]}");
    assertThat(overTheWire(run)).isEqualTo(run);
  }

  @Test
  void aRunMayHaveATerminalAKeyboardAndVariables() {
    Request.Run run =
        new Request.Run(
            ID,
            new Invocation(List.of()),
            Optional.empty(),
            false,
            Optional.empty(),
            new UserSide(
                Optional.of(new TerminalRequest(new TerminalSize(100, 30), "xterm-256color")),
                true,
                Optional.of(Map.of("CI", "geheim"))));

    assertThat(RequestJson.encode(run).encode())
        .isEqualTo(
            "{\"id\":\"run-1\",\"args\":[],\"terminal\":{\"columns\":100,\"rows\":30,"
                + "\"term\":\"xterm-256color\"},\"stdin\":true,\"env\":{\"CI\":\"geheim\"}}");
    assertThat(overTheWire(run)).isEqualTo(run);
    assertThat(run.toString()).contains("CI").doesNotContain("geheim");
  }

  @Test
  void aClientThatSendsNoVariablesIsAnotherThanOneThatSaysNothing() {
    JsonObject silent = new JsonObject("{\"id\":\"a\",\"args\":[]}");
    JsonObject none = silent.copy().put("env", new JsonObject());

    assertThat(RequestJson.decodeRun(silent).side()).isEqualTo(UserSide.UNKNOWN);
    assertThat(RequestJson.decodeRun(none).side().env()).contains(Map.of());
  }

  private static Request.Run overTheWire(Request.Run run) {
    return RequestJson.decodeRun(RequestJson.encode(run).toBuffer().toJsonObject());
  }
}
