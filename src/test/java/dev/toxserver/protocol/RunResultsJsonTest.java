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

class RunResultsJsonTest {
  private static final RunResults RESULTS =
      new RunResults(
          List.of(
              new EnvironmentResult(
                  "py",
                  Optional.of(false),
                  Optional.of(1_234L),
                  Optional.of(new TestCounts(7, 1, 2)),
                  List.of(
                      new FailedTest("t::a", Optional.of("t.py"), OptionalInt.of(3), "assert 0"),
                      new FailedTest("t::b", Optional.empty(), OptionalInt.empty(), ""))),
              new EnvironmentResult(
                  "lint", Optional.empty(), Optional.empty(), Optional.empty(), List.of())),
          Optional.of("a.xml is cut off"));

  @Test
  void theyLookAsInTheContractAndAreReadAgain() {
    JsonObject event = RunEventJson.encode(new RunEvent.Results(5, RESULTS));

    assertThat(event.encode())
        .isEqualTo(
            "{\"seq\":5,\"type\":\"results\",\"environments\":[{\"name\":\"py\",\"outcome\":\"failed\","
                + "\"duration\":1.234,\"tests\":{\"passed\":7,\"failed\":1,\"skipped\":2},\"failures\":["
                + "{\"test\":\"t::a\",\"file\":\"t.py\",\"line\":3,\"message\":\"assert 0\"},"
                + "{\"test\":\"t::b\",\"message\":\"\"}]},{\"name\":\"lint\"}],\"notice\":\"a.xml is cut off\"}");
    assertThat(RunEventJson.decode(new JsonObject(event.encode())))
        .contains(new RunEvent.Results(5, RESULTS));
    Reply.Results answer = new Reply.Results(new RunId("a"), RunState.FAILED, RESULTS);
    JsonObject body = new JsonObject(ReplyJson.encode(answer).encode());
    assertThat(body.getString("state")).isEqualTo("failed");
    assertThat(ReplyJson.decodeResults(body)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environments | {}",
        "environments | {'environments': {}}",
        "body         | {'environments': [7]}",
        "name         | {'environments': [{}]}",
        "outcome      | {'environments': [{'name': 'a', 'outcome': 1}]}",
        "duration     | {'environments': [{'name': 'a', 'duration': 'x'}]}",
        "tests        | {'environments': [{'name': 'a', 'tests': 1}]}",
        "failed       | {'environments': [{'name': 'a', 'tests': {'passed': 1, 'failed': -1}}]}",
        "failures     | {'environments': [{'name': 'a', 'failures': 1}]}",
        "test         | {'environments': [{'name': 'a', 'failures': [{}]}]}",
        "message      | {'environments': [{'name': 'a', 'failures': [{'test': 'a'}]}]}",
        "line         | {'environments': [{'name': 'a', 'failures': [{'test': 'a', 'line': 1.5}]}]}",
      })
  void whatIsMalformedIsRefusedByName(String field, String json) {
    JsonObject body = new JsonObject(json.replace('\'', '"'));

    assertThatThrownBy(() -> RunResultsJson.decode(body))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void aTextOfTheRunsIsOneLineThatNoTerminalObeys() {
    assertThat(RunResults.shown("  a\tb\033[31m\u009b1m\nnext")).isEqualTo("a?b?[31m?1m");
    assertThat(RunResults.shown("x".repeat(301))).hasSize(299);
    assertThat(RunResults.shown("😀".repeat(300))).hasSize(300);
    assertThat(RunResults.shown("\ud83d half \ud83d\ude00")).isEqualTo("? half 😀");
    assertThat(RunResults.shown(" \n ")).isEmpty();
  }
}
