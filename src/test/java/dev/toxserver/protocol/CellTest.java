package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  private static final RunId MATRIX = new RunId("m");

  @ParameterizedTest
  @ValueSource(strings = {"py", "py311-django4.2", "lint & docs", "é\u4e2d\ud83d\ude00"})
  void aRunOfAMatrixNamesItAndItsEnvironmentOnTheWireAndInAStatus(String environment) {
    Cell cell = new Cell(MATRIX, environment);
    JsonObject body =
        new JsonObject()
            .put("id", "a")
            .put("args", List.of())
            .put("matrix", new JsonObject().put("id", "m").put("environment", environment));
    Request.Run run = RequestJson.decodeRun(body);
    RunStatus row =
        new RunStatus(
            new RunId("a"),
            List.of(),
            RunState.QUEUED,
            1,
            1_000,
            0,
            Optional.empty(),
            OptionalInt.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(cell),
            true);
    Reply.Status status = new Reply.Status(List.of(row), true);

    assertThat(run.cell()).contains(cell);
    assertThat(RequestJson.encode(run)).isEqualTo(body);
    assertThat(ReplyJson.decodeStatus(ReplyJson.encode(status).toBuffer().toJsonObject()))
        .isEqualTo(status);
  }

  @Test
  void itMayTellHowManyEnvironmentsItsMatrixHas() {
    JsonObject row = new JsonObject();
    Cell cell = new Cell(MATRIX, "py", OptionalInt.of(60));
    cell.writeTo(row);
    assertThat(row.getJsonObject("matrix").getInteger("of")).isEqualTo(60);
    assertThat(Cell.in(row)).contains(cell);
    row.getJsonObject("matrix").put("of", 0);
    assertThatThrownBy(() -> Cell.in(row)).hasMessage("matrix: of: must be from 1 to 2147483647");
  }

  @Test
  void whoRepeatsARunSaysWhichMatrixTheNewOneIsOf() {
    JsonObject body =
        new JsonObject(
            "{'id':'b','rerun':'a','matrix':{'id':'m','environment':'py'}}".replace('\'', '"'));
    Request.Run run = RequestJson.decodeRun(body).with(new Invocation(List.of("-e")));

    assertThat(run.cell()).contains(new Cell(MATRIX, "py"));
    assertThat(run.with(new TerminalSize(80, 24)).cell()).isEqualTo(run.cell());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "py\u001b[2J", "\u202egnp", "py\u0000", "\ud83d", "\u2028", "\u009b"})
  void whatATerminalWouldObeyIsTheNameOfNoEnvironment(String environment) {
    assertThatThrownBy(() -> new Cell(MATRIX, environment))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("environment: must be 1 to 200 characters");
  }

  @Test
  void theLongestNameFitsAndOneMoreCharacterIsRefused() {
    assertThat(new Cell(MATRIX, "x".repeat(200)).environment()).hasSize(200);
    assertThatThrownBy(() -> new Cell(MATRIX, "x".repeat(201)))
        .isInstanceOf(MalformedException.class);
  }
}
