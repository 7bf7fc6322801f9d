package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunnerOrderJsonTest {
  private static final RunId ID = new RunId("run-1");

  @Test
  void aStartCarriesTheWholeRequestToAnotherMachine() {
    RunnerOrder.Start start =
        new RunnerOrder.Start(
            new Request.Run(
                ID,
                new Invocation(List.of("--", "-h", ""), Optional.of("sub"), true),
                Optional.of(1.5),
                true,
                Optional.empty(),
                new UserSide(
                    Optional.of(new TerminalRequest(new TerminalSize(80, 24), "xterm")),
                    true,
                    Optional.of(Map.of("CI", "1")))),
            1L << 40,
            Optional.of("p"),
            TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1"));

    assertThat(RunnerOrderJson.decodeStart(overTheWire(start))).isEqualTo(start);
  }

  @Test
  void aRunnerIsNotToldOfTheMatrix() {
    JsonObject body =
        new JsonObject(
            "{\"id\":\"a\",\"args\":[],\"matrix\":{\"id\":\"m\",\"environment\":\"py\"}}");
    RunnerOrder.Start start = new RunnerOrder.Start(RequestJson.decodeRun(body), 0);

    assertThat(start.request().cell()).isPresent();
    assertThat(RunnerOrderJson.decodeStart(overTheWire(start)).request().cell()).isEmpty();
  }

  @Test
  void aCancelNamesTheRun() {
    RunnerOrder.Cancel cancel = new RunnerOrder.Cancel(ID);

    assertThat(RunnerOrderJson.decodeCancel(overTheWire(cancel))).isEqualTo(cancel);
  }

  @Test
  void anAcknowledgementNamesTheRunAndTheEvent() {
    RunnerOrder.Acknowledge acknowledge = new RunnerOrder.Acknowledge(ID, 7);

    assertThat(RunnerOrderJson.decodeAcknowledge(overTheWire(acknowledge))).isEqualTo(acknowledge);
  }

  @Test
  void anInputAndAResizeAreTheRequestersOwn() {
    RunnerOrder.Input input = new RunnerOrder.Input(new InputRequest(ID, 3, new byte[] {1}, true));
    RunnerOrder.Resize resize =
        new RunnerOrder.Resize(new Request.Resize(ID, new TerminalSize(1, TerminalSize.MAX)));

    assertThat(RunnerOrderJson.decodeInput(overTheWire(input))).isEqualTo(input);
    assertThat(RunnerOrderJson.decodeResize(overTheWire(resize))).isEqualTo(resize);
  }

  @Test
  void anOrderWithoutItsNumbersIsRefused() {
    assertThatThrownBy(() -> RunnerOrderJson.decodeAcknowledge(new JsonObject().put("id", "a")))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("seq: ");
  }

  @Test
  void anEventBeforeTheFirstIsRefused() {
    JsonObject order = new JsonObject().put("id", "a").put("seq", -1);

    assertThatThrownBy(() -> RunnerOrderJson.decodeAcknowledge(order))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("seq: ");
  }

  private static JsonObject overTheWire(RunnerOrder order) {
    return RunnerOrderJson.encode(order).toBuffer().toJsonObject();
  }
}
