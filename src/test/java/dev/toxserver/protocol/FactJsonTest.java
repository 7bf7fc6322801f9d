package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactJsonTest {
  private static final Life LIFE = new Life(new RunId("a-b_1"), 2);

  static List<Fact> facts() {
    Round third = new Round(new RunId("loop"), 3);
    Fact.Asked asked = TestFacts.asked(LIFE, new Invocation(List.of("sh", "-c", "")), true);
    RunResults results = new RunResults(List.of(), Optional.of("no files"));
    return List.of(
        TestFacts.asked("a"),
        new Fact.Asked(
            LIFE,
            asked.request(),
            List.of(),
            "n",
            Optional.of("token"),
            "h",
            Optional.of(third),
            1L << 41,
            Optional.of(new RunSpan(TraceContext.root(), Optional.of("b7ad6b7169203331")))),
        TestFacts.placed(LIFE, 1, "r1"),
        new Fact.NotPlaced(LIFE, 1, RunEvent.Exit.lost(3, true, "gone")),
        TestFacts.ended(LIFE, 2, 1),
        new Fact.Ended(LIFE, 1, TestFacts.exit(1, 0), Optional.of(results), 0, 1),
        new Fact.Again(LIFE, 1, 7, "r1 is gone"),
        new Fact.At(LIFE, 1, Optional.of("h2"), 3),
        new Fact.At(LIFE, 12, Optional.empty(), 0),
        new Fact.Cancel(LIFE, "h2", "asked"));
  }

  @ParameterizedTest
  @MethodSource("facts")
  void whatIsWrittenIsRead(Fact fact) {
    JsonObject kept = new JsonObject(FactJson.encode(fact).encode());

    assertThat(FactJson.decode(fact.key(), kept)).contains(fact);
  }

  @Test
  void eachHasItsKeyAndThoseThatExcludeEachOtherTheSame() {
    assertThat(facts())
        .extracting(Fact::key)
        .containsExactly(
            "a.1.asked",
            "a-b_1.2.asked",
            "a-b_1.2.placed.1",
            "a-b_1.2.placed.1",
            "a-b_1.2.ended.2",
            "a-b_1.2.ended.1",
            "a-b_1.2.ended.1",
            "a-b_1.2.at.1",
            "a-b_1.2.at.12",
            "a-b_1.2.cancel");
  }

  @Test
  void aPlacementLooksAsOtherProgramsMayReadIt() {
    assertThat(FactJson.encode(TestFacts.placed(LIFE, 1, "r1")).encode())
        .isEqualTo(
            "{\"runner\":\"r1\",\"session\":\"s\",\"placement\":\"p1\",\"nextSeq\":0,\"gone\":40000,\"millis\":6}");
  }

  @Test
  void ofVariablesNothingButTheirNamesIsKept() {
    assertThat(FactJson.encode(TestFacts.asked("a")).encode())
        .contains("SECRET")
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.1", "a.1.other", "a.1.other.1", "a.1.placed", "a.1.at.1.2"})
  void whatIsNoFactOfThisVersionIsNone(String key) {
    assertThat(FactJson.decode(key, new JsonObject())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.x.asked", "a.1.placed.x", "a b.1.asked", "a.1.placed.1", "a.1.cancel"})
  void aDamagedOneIsRefused(String key) {
    assertThatThrownBy(() -> FactJson.decode(key, new JsonObject()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void theNextRoundOfALoopIsTheSameForAll() {
    assertThat(LIFE.nextRound()).isEqualTo(new Life(new RunId("a-b_1"), 2).nextRound());
    assertThat(LIFE.nextRound().value()).hasSize(10);
    assertThat(LIFE.nextRound()).isNotEqualTo(new Life(new RunId("a-b_1"), 1).nextRound());
  }
}
