package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyJsonTest {
  private static final RunId ID = new RunId("run-1");

  @Test
  void aRunThatHasItsTurnIsRunning() {
    assertThat(encoded(new Reply.Accepted(ID, true, 0, Optional.empty())))
        .isEqualTo("{\"id\":\"run-1\",\"state\":\"running\",\"position\":0}");
  }

  @Test
  void aRunThatWaitsIsQueuedAtItsPlace() {
    assertThat(encoded(new Reply.Accepted(ID, false, 3, Optional.of(new Usual(38_250, 12)))))
        .isEqualTo(
            "{\"id\":\"run-1\",\"state\":\"queued\",\"position\":3,"
                + "\"usual\":{\"duration\":38.250,\"runs\":12}}");
  }

  @Test
  void aCancelTellsHowMany() {
    assertThat(encoded(new Reply.Cancelled(2))).isEqualTo("{\"cancelled\":2}");
  }

  @Test
  void aPongTellsTimesInSecondsAndCountsThePingAmongTheTasks() {
    assertThat(
            encoded(
                new Reply.Pong(
                    1_587_962_661_826_404L,
                    2,
                    3,
                    "1.2",
                    61_005,
                    Optional.empty(),
                    Optional.empty())))
        .isEqualTo(
            "{\"time\":1587962661.826404,\"tasks\":6,\"running\":2,\"queued\":3,"
                + "\"version\":\"1.2\",\"uptime\":61.005}");
  }

  @Test
  void noTimeIsWrittenWithAnExponent() {
    assertThat(
            encoded(
                new Reply.Pong(
                    1_600_000_000_000_000L,
                    0,
                    0,
                    "1",
                    0,
                    Optional.empty(),
                    Optional.of(Scope.READ))))
        .contains("\"time\":1600000000.000000", "\"uptime\":0.000");
  }

  @Test
  void anAttachTellsWhichRunItIsAndWithWhichEventItBegins() {
    Reply.Attached attached =
        new Reply.Attached(
            ID, RunState.RUNNING, 7, 9, Optional.of(2L), Optional.of(new RunId("loop")));

    assertThat(encoded(attached))
        .isEqualTo(
            "{\"id\":\"run-1\",\"state\":\"running\",\"from\":7,\"next\":9,\"hold\":2,\"loop\":\"loop\"}");
    assertThat(ReplyJson.decodeAttached(ReplyJson.encode(attached))).isEqualTo(attached);
  }

  @Test
  void howLongARunUsuallyTakesIsReadBack() {
    Usual usual = new Usual(38_250, 12);

    assertThat(
            ReplyJson.decodeUsual(
                ReplyJson.encode(new Reply.Accepted(ID, true, 0, Optional.of(usual)))))
        .contains(usual);
    assertThat(
            ReplyJson.decodeUsual(
                ReplyJson.encode(new Reply.Accepted(ID, true, 0, Optional.empty()))))
        .isEmpty();
  }

  @Test
  void anOnlookerHasNoHoldOfTheRun() {
    Reply.Attached attached =
        new Reply.Attached(ID, RunState.RUNNING, 7, 9, Optional.empty(), Optional.empty());

    assertThat(encoded(attached))
        .isEqualTo("{\"id\":\"run-1\",\"state\":\"running\",\"from\":7,\"next\":9}");
    assertThat(ReplyJson.decodeAttached(ReplyJson.encode(attached))).isEqualTo(attached);
  }

  @Test
  void anInputIsAnsweredByTheOffsetToGoOnFrom() {
    Reply.InputTaken taken = new Reply.InputTaken(1L << 40);

    assertThat(encoded(taken)).isEqualTo("{\"offset\":1099511627776}");
    assertThat(ReplyJson.decodeInputTaken(ReplyJson.encode(taken))).isEqualTo(taken);
  }

  @Test
  void aResizeIsAnsweredByAnEmptyObject() {
    assertThat(encoded(new Reply.Resized())).isEqualTo("{}");
  }

  @Test
  void anAcknowledgeIsAnsweredByAnEmptyObject() {
    assertThat(encoded(new Reply.Acknowledged())).isEqualTo("{}");
  }

  @Test
  void aStatusTellsOfEachRunWhatThereIsToTell() {
    RunStatus waits =
        new RunStatus(
            new RunId("b"),
            List.of(),
            RunState.QUEUED,
            2,
            1_600_000_000_000L,
            1_500,
            Optional.empty(),
            OptionalInt.empty(),
            true,
            false);
    RunStatus ended =
        new RunStatus(
            new RunId("a"),
            List.of("-e", "py"),
            RunState.FAILED,
            0,
            1_600_000_000_000L,
            61_005,
            Optional.of(2_000L),
            OptionalInt.of(1),
            false,
            true);
    Reply.Status status = new Reply.Status(List.of(waits, ended), false);

    assertThat(encoded(status))
        .isEqualTo(
            "{\"runs\":["
                + "{\"id\":\"b\",\"args\":[],\"state\":\"queued\",\"detached\":true,"
                + "\"accepted\":1600000000.000,\"age\":1.500,\"position\":2},"
                + "{\"id\":\"a\",\"args\":[\"-e\",\"py\"],\"state\":\"failed\",\"detached\":false,"
                + "\"accepted\":1600000000.000,\"age\":61.005,\"exec\":true,\"duration\":2.000,\"returncode\":1}"
                + "],\"complete\":false}");
    assertThat(ReplyJson.decodeStatus(ReplyJson.encode(status).toBuffer().toJsonObject()))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs  | {}",
        "body  | {'runs': ['a']}",
        "id    | {'runs': [{'args': [], 'state': 'running', 'accepted': 1, 'age': 1}]}",
        "state | {'runs': [{'id': 'a', 'args': [], 'state': 'gone', 'accepted': 1, 'age': 1}]}",
        "age   | {'runs': [{'id': 'a', 'args': [], 'state': 'running', 'accepted': 1}]}"
      })
  void aStatusIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> ReplyJson.decodeStatus(new JsonObject(body.replace('\'', '"'))))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void aQuitIsDone() {
    assertThat(encoded(new Reply.Done())).isEqualTo("{\"status\":\"DONE\"}");
  }

  private static String encoded(Reply reply) {
    return ReplyJson.encode(reply).encode();
  }
}
