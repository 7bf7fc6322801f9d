package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.UserSide;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRecordTest {
  private static final RunRecord QUEUED = accepted("a", new Invocation(List.of("-e", "py")), false);

  @Test
  void aRunIsQueuedThenRunningThenPassedFailedOrCancelled() {
    assertThat(QUEUED.state()).isEqualTo(RunState.QUEUED);
    RunRecord running = QUEUED.startedOn(Optional.empty());
    assertThat(running.state()).isEqualTo(RunState.RUNNING);
    assertThat(running.ended(exit(0, false)).state()).isEqualTo(RunState.PASSED);
    assertThat(running.ended(exit(1, false)).state()).isEqualTo(RunState.FAILED);
    assertThat(running.ended(exit(130, true)).state()).isEqualTo(RunState.CANCELLED);
    assertThat(QUEUED.ended(exit(130, true)).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void ofARunThatWaitsOnceMoreNothingIsLeftOfWhatItsLostRunnerFound() {
    RunRecord lost =
        QUEUED
            .startedOn(Optional.of(new RunnerName("r1")))
            .with(new RunResults(List.of(), Optional.of("junit.xml can't be read")));
    assertThat(lost.waitsAgain()).isEqualTo(QUEUED);
  }

  @Test
  void theNextServerFindsItAsItWasWritten() {
    assertThat(throughTheFile(QUEUED)).isEqualTo(QUEUED);
    RunRecord running = QUEUED.startedOn(Optional.empty());
    assertThat(throughTheFile(running)).isEqualTo(running);
    RunRecord ended = running.ended(exit(3, true)).missing(Optional.of("the disk was full"));
    assertThat(throughTheFile(ended)).isEqualTo(ended);
    RunRecord detached = accepted("b", new Invocation(List.of()), true);
    RunRecord failed =
        detached.ended(new RunEvent.Exit(0, 127, false, Optional.of("there is no tox")));
    assertThat(throughTheFile(failed)).isEqualTo(failed);
    Invocation program = new Invocation(List.of("bash"), Optional.of("docs"), true);
    RunRecord exec = accepted("c", program, false);
    assertThat(throughTheFile(exec)).isEqualTo(exec);
  }

  @Test
  void itsPlaceInAMatrixIsKeptAndARecordFromBeforeThereWereMatricesIsReadAllTheSame() {
    JsonObject before = RunRecordJson.encode(QUEUED);
    JsonObject since =
        before.copy().put("matrix", new JsonObject().put("id", "m").put("environment", "py311-é"));
    assertThat(before.containsKey("matrix")).isFalse();
    assertThat(RunRecordJson.decode(before).asked().cell()).isEmpty();
    RunRecord kept = RunRecordJson.decode(since);
    assertThat(kept.status(0, Optional.empty(), false).cell())
        .contains(new Cell(new RunId("m"), "py311-é"));
    assertThat(throughTheFile(kept)).isEqualTo(kept);
    assertThat(kept.weight()).isGreaterThan(QUEUED.weight());
    assertThatThrownBy(() -> RunRecordJson.decode(since.put("matrix", "m")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void ofTheVariablesThatCameWithItOnlyTheNamesAreKept() {
    assertThat(throughTheFile(QUEUED).asked().env()).containsExactly("CI", "NAME");
    assertThat(RunRecordJson.encode(QUEUED).encode()).doesNotContain("value");
  }

  @Test
  void whatHadNotEndedIsLostUnlessItsExitWasWritten() {
    RunRecord lost = QUEUED.startedOn(Optional.empty()).found(Optional.empty(), 17);
    assertThat(throughTheFile(lost)).isEqualTo(lost);
    assertThat(lost.state()).isEqualTo(RunState.LOST);
    assertThat(lost.events()).isEqualTo(17);
    RunRecord ended = QUEUED.startedOn(Optional.empty()).found(Optional.of(exit(0, false)), 10);
    assertThat(ended.state()).isEqualTo(RunState.PASSED);
    assertThat(ended.events()).isEqualTo(10);
    assertThat(ended.status(0, Optional.empty(), false).durationMillis()).isEmpty();
  }

  @Test
  void itsStatusTellsHowLongItTookOrHasTakenSoFar() {
    long now = System.currentTimeMillis();
    assertThat(QUEUED.status(2, Optional.empty(), false).position()).isEqualTo(2);
    assertThat(QUEUED.status(2, Optional.empty(), false).durationMillis()).isEmpty();
    assertThat(
            record(now - 5_000, Optional.of(now - 4_000), Optional.empty(), false)
                .status(0, Optional.empty(), false))
        .satisfies(
            status -> assertThat(status.durationMillis().orElseThrow()).isBetween(4_000L, 34_000L))
        .satisfies(status -> assertThat(status.ageMillis()).isBetween(5_000L, 35_000L));
    assertThat(
            record(1_000, Optional.of(2_000L), Optional.of(5_500L), false)
                .status(0, Optional.empty(), false)
                .durationMillis())
        .contains(3_500L);
    assertThat(
            record(1_000, Optional.of(2_000L), Optional.empty(), true)
                .status(0, Optional.empty(), false)
                .durationMillis())
        .isEmpty();
  }

  @Test
  void aClockThatWasSetBackMakesNoTimeNegative() {
    RunStatus status =
        record(Long.MAX_VALUE / 2, Optional.of(5_000L), Optional.of(1_000L), false)
            .status(0, Optional.empty(), false);
    assertThat(status.ageMillis()).isZero();
    assertThat(status.durationMillis()).contains(0L);
  }

  @Test
  void ofLongArgumentsTheStatusShowsTheFirst() {
    List<String> many = Collections.nCopies(4_000, "12345");
    List<String> shown =
        accepted("a", new Invocation(many), false).status(0, Optional.empty(), false).args();
    assertThat(shown).hasSize(334).endsWith("12345", "…");
    String longest = "x".repeat(128 * 1024);
    assertThat(
            accepted("a", new Invocation(List.of(longest)), false)
                .status(0, Optional.empty(), false)
                .args())
        .containsExactly("…");
    assertThat(QUEUED.status(0, Optional.empty(), false).args()).containsExactly("-e", "py");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "args", "detached", "accepted"})
  void aRecordWithoutAFieldOrWithAWrongOneIsNone(String field) {
    JsonObject missing = RunRecordJson.encode(QUEUED);
    missing.remove(field);
    assertThatThrownBy(() -> RunRecordJson.decode(missing)).isInstanceOf(MalformedException.class);
    JsonObject wrong = RunRecordJson.encode(QUEUED).put(field, new JsonObject());
    assertThatThrownBy(() -> RunRecordJson.decode(wrong)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accepted\": 1e999}",
        "{\"accepted\": 9223372036854775807}",
        "{\"started\": -1}",
        "{\"lost\": 1.5}",
        "{\"exit\": {\"type\": \"exit\", \"seq\": 1, \"returncode\": 99999999999}}",
        "{\"exit\": {\"type\": \"exit\", \"seq\": 1, \"returncode\": 256}}",
        "{\"exit\": {\"type\": \"exit\", \"seq\": 1e40, \"returncode\": 0}}",
        "{\"exit\": {\"type\": \"lost\"}}"
      })
  void aNumberThatCanNotBeIsNotTakenForAnother(String fields) {
    JsonObject record = RunRecordJson.encode(QUEUED).mergeIn(new JsonObject(fields));
    assertThatThrownBy(() -> RunRecordJson.decode(record)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../a", "/etc", ".lock", "a/b"})
  void aRecordCanNotNameAPath(String id) {
    JsonObject record = RunRecordJson.encode(QUEUED).put("id", id).put("args", new JsonArray());
    assertThatThrownBy(() -> RunRecordJson.decode(record)).isInstanceOf(MalformedException.class);
  }

  private static RunRecord throughTheFile(RunRecord record) {
    return RunRecordJson.decode(new JsonObject(RunRecordJson.encode(record).encode()));
  }

  private static RunRecord accepted(String id, Invocation invocation, boolean detached) {
    UserSide side =
        new UserSide(Optional.empty(), false, Optional.of(Map.of("NAME", "value", "CI", "1")));
    return RunRecord.accepted(
        new Request.Run(
            new RunId(id), invocation, Optional.empty(), detached, Optional.empty(), side),
        Optional.empty());
  }

  private static RunRecord record(
      long accepted, Optional<Long> started, Optional<Long> ended, boolean lost) {
    return new RunRecord(
        new RunId("a"),
        new Asked(
            new Invocation(List.of()),
            false,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        accepted,
        started,
        ended,
        ended.map(time -> exit(0, false)),
        lost ? OptionalLong.of(0) : OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RunEvent.Exit exit(int returncode, boolean cancelled) {
    return new RunEvent.Exit(9, returncode, cancelled, Optional.empty());
  }
}
