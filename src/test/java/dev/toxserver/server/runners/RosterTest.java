package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.server.door.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
  private final Roster roster = new Roster("test");

  @Test
  void theServersOwnRunnerGoesFirstThenTheOneWithTheMostRoom() {
    roster.addLocal(1, labels());
    Runner small = runner("small", 1);
    Runner large = runner("large", 2);
    assertThat(next()).isEqualTo("local");
    assertThat(next()).isEqualTo("large");
    assertThat(next()).isEqualTo("small");
    assertThat(next()).isEqualTo("large");
    assertThat(roster.roomFor(Labels.NONE)).isEmpty();

    large.release(new RunId("r4"));
    assertThat(roster.roomFor(Labels.NONE)).contains(large);
    assertThat(small.room()).isZero();
  }

  /** Else all would be where the first has joined. */
  @Test
  void aProgramOfExecIsTakenByTheSameOneButNeedsNoRoom() {
    Runner first = runner("first", 1);
    Runner second = runner("second", 1);
    first.take(new RunId("a"));
    assertThat(roster.anyFor(Labels.NONE)).contains(second);
    second.take(new RunId("b"));
    assertThat(roster.anyFor(Labels.NONE)).isPresent();

    roster.addLocal(1, labels());
    assertThat(roster.anyFor(Labels.NONE).orElseThrow().remoteName()).isEmpty();
  }

  @Test
  void onlyARunnerWithAllThatIsNeededIsChosen() {
    roster.addLocal(1, labels("py311"));
    runner("one", 1, "py312", "linux");
    Runner both = runner("two", 1, "py312", "gpu");
    assertThat(roster.roomFor(labels("py312", "gpu"))).contains(both);
    assertThat(roster.anyFor(labels("py312", "gpu"))).contains(both);
  }

  @Test
  void whoIsAwayOrLeavesGetsNothingButIsKnown() {
    Runner runner = runner("one", 1, "py312");
    runner.away();
    assertThat(roster.roomFor(labels("py312"))).isEmpty();
    assertThat(roster.anyFor(labels("py312"))).isEmpty();
    roster.check(labels("py312"));
    runner.isAt("here");
    assertThat(roster.roomFor(labels("py312"))).contains(runner);
    runner.offers(runner.labels(), 0);
    assertThat(roster.roomFor(labels("py312"))).isEmpty();
    assertThat(roster.status().get(0).state().wireName()).isEqualTo("leaving");
  }

  @Test
  void whatNobodyHasIsNamed() {
    runner("one", 1, "py312");
    runner("two", 1, "gpu");
    assertRefused(labels("py311", "py312"), "on: no runner has py311;");
    assertRefused(labels("py312", "gpu"), "on: no runner has all of py312, gpu;");
  }

  @Test
  void whileItIsLookedForWhatTheServersRunnerHasNothingIsRefused() {
    roster.addLocal(1, Labels.NONE);
    roster.lookForLabels();
    roster.check(labels("py311"));
    assertThat(roster.roomFor(labels("py311"))).isEmpty();
    assertThat(roster.roomFor(Labels.NONE)).isPresent();

    roster.localHas(1, labels("py312"));
    assertRefused(labels("py311"), "on: no runner has py311;");
    assertThat(roster.roomFor(labels("py312"))).isPresent();
  }

  @Test
  void withoutAnyRunnerNothingIsTaken() {
    assertRefused(Labels.NONE, "no runner has joined this server");
  }

  private void assertRefused(Labels needed, String why) {
    assertThatThrownBy(() -> roster.check(needed))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  private String next() {
    Runner runner = roster.roomFor(Labels.NONE).orElseThrow();
    runner.take(
        new RunId("r" + (1 + roster.status().stream().mapToInt(each -> each.busy()).sum())));
    return runner.name().value();
  }

  private Runner runner(String name, int capacity, String... labels) {
    Runner runner = new Runner(new RunnerName(name), "test");
    runner.offers(labels(labels), capacity);
    runner.isAt("somewhere");
    roster.add(runner);
    return runner;
  }

  private static Labels labels(String... names) {
    return new Labels(List.of(names));
  }
}
