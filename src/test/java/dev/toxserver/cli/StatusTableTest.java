package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.Usual;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTableTest {

  @Test
  void withoutRunsThereIsTheHeader() {
    assertThat(StatusTable.of(List.of(), false))
        .isEqualTo("ID  STATE  AGE  DURATION  USUAL  EXIT  ARGS");
  }

  @Test
  void theColumnsAreAsWideAsTheirWidestCell() {
    RunStatus waits = run(RunState.QUEUED, 2, Optional.empty(), OptionalInt.empty(), true);
    RunStatus ended =
        run(RunState.FAILED, 0, Optional.of(125_000L), OptionalInt.of(1), false, "-k", "a or b");

    assertThat(StatusTable.of(List.of(waits, ended), false))
        .isEqualTo(
            """
            ID      STATE                AGE  DURATION  USUAL  EXIT  ARGS
            abcdef  queued 2 (detached)  3s   -         -      -
            abcdef  failed               3s   2m05s     -      1     -k 'a or b'""");
  }

  @Test
  void ofRunsThatAreOneMatrixItsNameAndTheirEnvironmentAreShownAndOtherwiseNoColumn() {
    RunStatus other = run(RunState.QUEUED, 1, Optional.empty(), OptionalInt.empty(), false, "-e");

    assertThat(StatusTable.of(List.of(other, inMatrix(other)), false))
        .isEqualTo(
            """
            ID      STATE     AGE  DURATION  USUAL  EXIT  MATRIX   RUNNER  ARGS
            abcdef  queued 1  3s   -         -      -     -        local   -e
            abcdef  queued 1  3s   -         -      -     m py311  one     -e""");
  }

  private static RunStatus inMatrix(RunStatus run) {
    JsonObject row = ReplyJson.encode(run).put("runner", "one");
    new Cell(new RunId("m"), "py311").writeTo(row);
    return ReplyJson.decodeStatus(new JsonObject().put("runs", new JsonArray().add(row)))
        .runs()
        .get(0);
  }

  @Test
  void aProgramOfExecIsToldFromARunOfTox() {
    RunStatus program =
        new RunStatus(
            new RunId("abcdef"),
            List.of("bash", "-l"),
            RunState.RUNNING,
            0,
            0,
            3_000,
            Optional.of(3_000L),
            OptionalInt.empty(),
            false,
            true);

    assertThat(StatusTable.of(List.of(program), false))
        .endsWith("abcdef  running (exec)  3s   3s        -      -     bash -l");
  }

  @Test
  void whatIsTwiceAsSlowAsUsualIsMarked() {
    assertThat(StatusTable.of(List.of(taking(20_000, new Usual(10_000, 2))), false))
        .endsWith("passed  3s   20s (slow)  10s    0");
    assertThat(StatusTable.of(List.of(taking(19_999, new Usual(10_000, 2))), false))
        .endsWith("passed  3s   19s       10s    0");
    assertThat(StatusTable.of(List.of(taking(20_000, new Usual(10_000, 1))), false))
        .endsWith("passed  3s   20s       10s    0");
  }

  private static RunStatus taking(long millis, Usual usual) {
    return new RunStatus(
        new RunId("abcdef"),
        List.of(),
        RunState.PASSED,
        0,
        0,
        3_000,
        Optional.of(millis),
        OptionalInt.of(0),
        false,
        false,
        Optional.of(usual),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "999,0s",
    "3000,3s",
    "59999,59s",
    "60000,1m00s",
    "125000,2m05s",
    "3599999,59m59s",
    "3600000,1h00m",
    "3720000,1h02m",
    "86399999,23h59m",
    "86400000,1d00h",
    "273600000,3d04h"
  })
  void aDurationHasTwoUnitsAtMost(long millis, String text) {
    assertThat(StatusTable.duration(millis)).isEqualTo(text);
  }

  @Test
  void longArgumentsAreCutForATerminalOnly() {
    RunStatus run =
        run(RunState.RUNNING, 0, Optional.empty(), OptionalInt.empty(), false, "😀".repeat(61));

    assertThat(StatusTable.of(List.of(run), true)).endsWith("  '" + "😀".repeat(58) + "…");
    assertThat(StatusTable.of(List.of(run), false)).endsWith("😀".repeat(61) + "'");
  }

  private static RunStatus run(
      RunState state,
      int position,
      Optional<Long> duration,
      OptionalInt returncode,
      boolean detached,
      String... args) {
    return new RunStatus(
        new RunId("abcdef"),
        List.of(args),
        state,
        position,
        0,
        3_000,
        duration,
        returncode,
        detached,
        false);
  }
}
