package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.RunRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedOnlyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                           | -e bad",
        "-v -- -e x                   | -v -e bad -- -e x",
        "-e good,bad                  | -e bad",
        "-egood,bad -v                | -v -e bad",
        "run -e good -e bad -- -k a   | run -e bad -- -k a",
        "-e good,bad,late             | -e late,bad",
        "-e late -e other -- -e no    | -e late,other,bad -- -e no",
        "-e py3{1,2},ALL              | -e bad",
        "-v -e                        | -v -e bad",
      })
  void whatFailedOrWasNamedAndNeverBeganIsDoneAgain(String args, String again) {
    assertThat(FailedOnly.of(run(words(args), good("good"), bad("bad"))))
        .isEqualTo(new Invocation(words(again), Optional.of("sub")));
  }

  @Test
  void whereNothingHasFailedOrNothingIsKnownThatIsSaid() {
    assertThatThrownBy(() -> FailedOnly.of(run(List.of(), good("a"))))
        .isInstanceOf(RefusedException.class)
        .hasMessage("rerun: of the run a: no environment of it has failed");
    assertThatThrownBy(
            () -> FailedOnly.of(RunRecord.accepted(request(List.of()), Optional.empty())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'serve --results'");
    assertThatThrownBy(() -> FailedOnly.of(run(List.of(), bad("-rf,x"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("can't take");
  }

  private static List<String> words(String text) {
    return Stream.of(text.strip().split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static RunRecord run(List<String> args, EnvironmentResult... results) {
    return RunRecord.accepted(request(args), Optional.empty())
        .with(new RunResults(List.of(results), Optional.empty()));
  }

  private static Request.Run request(List<String> args) {
    return new Request.Run(
        new RunId("a"),
        new Invocation(args, Optional.of("sub")),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static EnvironmentResult good(String name) {
    return new EnvironmentResult(
        name, Optional.of(true), Optional.empty(), Optional.empty(), List.of());
  }

  private static EnvironmentResult bad(String name) {
    return new EnvironmentResult(
        name, Optional.of(false), Optional.empty(), Optional.empty(), List.of());
  }
}
