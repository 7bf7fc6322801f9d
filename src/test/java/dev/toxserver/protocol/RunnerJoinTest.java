package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerJoinTest {
  private static final RunnerJoin JOIN =
      new RunnerJoin(
          new RunnerName("r1"),
          "s",
          "0.1.0",
          new Labels(List.of("py311", "gpu")),
          2,
          65_536,
          37_000,
          Map.of(new RunId("a"), new RunnerJoin.Held("p", 7)));

  @Test
  void itLooksAsTheContractSays() {
    assertThat(JOIN.toJson().encode())
        .isEqualTo(
            "{\"name\":\"r1\",\"session\":\"s\",\"version\":\"0.1.0\",\"labels\":[\"py311\",\"gpu\"],"
                + "\"capacity\":2,\"window\":65536,\"gone\":37000,\"runs\":{\"a\":{\"placement\":\"p\",\"next\":7}}}");
    assertThat(RunnerJoin.decode(JOIN.toJson())).isEqualTo(JOIN);
  }

  @Test
  void soDoesItsAnswer() {
    JsonObject answer = RunnerJoin.answer(Map.of(new RunId("a"), 3L));
    assertThat(answer.encode()).isEqualTo("{\"runs\":{\"a\":3}}");
    assertThat(RunnerJoin.decodeAnswer(answer)).isEqualTo(Map.of(new RunId("a"), 3L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "version"})
  void whatALogCouldBeFooledByIsRefused(String field) {
    assertThatThrownBy(() -> RunnerJoin.decode(JOIN.toJson().put(field, "a\nb")))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": must be 1 to 100 printable characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a,b", "é", "\n", "a/b"})
  void whatIsNoLabelIsRefused(String label) {
    assertThatThrownBy(() -> new Labels(List.of(label)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("labels: each must be 1 to 64");
  }

  @Test
  void eachLabelCountsOnce() {
    assertThat(new Labels(List.of("py311", "gpu", "py311")).names())
        .containsExactly("py311", "gpu");
  }
}
