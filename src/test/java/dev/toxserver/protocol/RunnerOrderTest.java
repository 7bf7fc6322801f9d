package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunnerOrderTest {
  private static final RunId ID = new RunId("run-1");

  @Test
  void aStartCarriesTheWholeRequestToAnotherMachine() {
    RunnerOrder.Start start =
        new RunnerOrder.Start(
            new Request.Run(ID, List.of("--", "-h", ""), Optional.of(1.5)), 1L << 40);

    assertThat(RunnerOrder.Start.fromJson(overTheWire(start.toJson()))).isEqualTo(start);
  }

  @Test
  void aCancelNamesTheRun() {
    RunnerOrder.Cancel cancel = new RunnerOrder.Cancel(ID);

    assertThat(RunnerOrder.Cancel.fromJson(overTheWire(cancel.toJson()))).isEqualTo(cancel);
  }

  @Test
  void anAcknowledgementNamesTheRunAndTheEvent() {
    RunnerOrder.Acknowledge acknowledge = new RunnerOrder.Acknowledge(ID, 7);

    assertThat(RunnerOrder.Acknowledge.fromJson(overTheWire(acknowledge.toJson())))
        .isEqualTo(acknowledge);
  }

  @Test
  void anOrderWithoutItsNumbersIsRefused() {
    assertThatThrownBy(() -> RunnerOrder.Acknowledge.fromJson(new JsonObject().put("id", "a")))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("seq: ");
  }

  private static JsonObject overTheWire(JsonObject json) {
    return json.toBuffer().toJsonObject();
  }
}
