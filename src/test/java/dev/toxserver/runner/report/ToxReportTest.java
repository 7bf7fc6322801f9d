package dev.toxserver.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.EnvironmentResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToxReportTest {

  @Test
  void tox4SaysWhetherAnEnvironmentHasPassedAndItsTime() throws IOException {
    List<EnvironmentResult> found =
        read(
            """
            {"reportversion": "1", "toxversion": "4.25.0", "testenvs": {
              ".pkg": {"result": {"success": true}},
              "a": {"setup": [{"command": ["x"], "output": "{}", "retcode": 0}],
                    "result": {"success": true, "exit_code": 0, "duration": 0.8808963919982489}, "test": []},
              "b": {"result": {"success": false, "exit_code": 1, "duration": 1.25},
                    "setup": [], "test": [{"retcode": 1, "output": "no"}]},
              "skipped": {"result": {"success": true, "exit_code": 0, "duration": 0.1}},
              "unable": {"result": {"success": false, "exit_code": 1, "duration": 0.2}}}}
            """,
            false);

    assertThat(found)
        .containsExactly(
            result("a", true, 881),
            result("b", false, 1_250),
            skipped("skipped", 100),
            result("unable", false, 200));
  }

  @Test
  void tox3SaysTheExitCodesOfCommands() throws IOException {
    String json =
        """
        {"toxversion": "3.28.0", "commands": [], "testenvs": {
          "a": {"python": {"version_info": [3, 11]}, "setup": [{"retcode": 0}], "test": [{"retcode": 0}]},
          "b": {"setup": [{"retcode": 0}], "test": [{"retcode": 0}, {"command": [], "retcode": 3}]},
          "py27": {"setup": [{"retcode": "InterpreterNotFound"}, {"retcode": 1}]}}}
        """;

    assertThat(read(json, false))
        .extracting(each -> each.passed().orElseThrow())
        .containsExactly(true, false, false);
    // That one was allowed to fail.
    assertThat(read(json, true))
        .extracting(each -> each.passed().orElseThrow())
        .containsExactly(true, true, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"testenvs\": {\"a\": {\"result\"",
        "{\"testenvs\": {\"a\": {\"test\": [{]",
        "not json",
        "{\"testenvs\": {\"\\u00\": {}}}"
      })
  void whatIsNoSuchFileIsSaidToBeNone(String json) {
    assertThatThrownBy(() -> read(json, false)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"testenvs\": []}",
        "{\"testenvs\": {}}",
        "{\"testenvs\": null, \"x\": {\"testenvs\": {\"a\": 1}}}"
      })
  void whatTellsOfNoEnvironmentHasNone(String json) throws IOException {
    assertThat(read(json, false)).isEmpty();
  }

  @Test
  void whatIsOfAnotherKindThanItShouldBeIsPassedOver() throws IOException {
    assertThat(
            read(
                """
                {"testenvs": {"a": 7, "b": [{}], "c": {"result": [], "test": {"retcode": 1}, "setup": [3, 4]},
                  "d": {"result": {"success": "yes", "duration": {"x": 1}}, "test": [{"retcode": [1]}]}}}
                """,
                false))
        .extracting(EnvironmentResult::name)
        .contains("d");
  }

  @Test
  void deepNestingAndALongNameEndTheReadingAndNotTheServer() {
    assertThatThrownBy(() -> read("{\"x\": " + "[".repeat(1_000_000), false))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"testenvs\": {\"" + "n".repeat(1_000_000) + "\": {}}}", false))
        .isInstanceOf(IOException.class);
  }

  private static EnvironmentResult result(String name, boolean passed, long millis) {
    return new EnvironmentResult(
        name, Optional.of(passed), Optional.of(millis), Optional.empty(), List.of());
  }

  private static EnvironmentResult skipped(String name, long millis) {
    return new EnvironmentResult(
        name, Optional.empty(), Optional.of(millis), Optional.empty(), List.of());
  }

  private static List<EnvironmentResult> read(String json, boolean allPassed) throws IOException {
    return ToxReport.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), allPassed);
  }
}
