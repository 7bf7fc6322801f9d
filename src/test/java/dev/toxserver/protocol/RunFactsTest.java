package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunFacts.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunFactsTest {
  private static final Fact.Asked ASKED = TestFacts.asked("a");
  private static final Life LIFE = ASKED.life();
  private static final Fact.Placed PLACED = TestFacts.placed(LIFE, 1, "r1");
  private static final Fact.Again AGAIN = new Fact.Again(LIFE, 1, 7, "r1 is gone");
  private static final Fact.Placed PLACED_AGAIN = TestFacts.placed(LIFE, 2, "r2");
  private static final Fact.Ended ENDED = TestFacts.ended(LIFE, 2, 0);
  private static final Fact.Cancel CANCEL = new Fact.Cancel(LIFE, "h2", "asked");
  private static final Fact.At AT_H2 = new Fact.At(LIFE, 1, Optional.of("h2"), 1);
  private static final Fact.At GONE = new Fact.At(LIFE, 2, Optional.empty(), 1);
  private static final List<Fact> ALL =
      List.of(ASKED, PLACED, AGAIN, PLACED_AGAIN, ENDED, CANCEL, AT_H2, GONE);

  @Test
  void itsStateFollowsItsFacts() {
    RunFacts run = RunFacts.none(LIFE);
    assertThat(run.state()).isEqualTo(State.UNASKED);
    run = run.with(ASKED, 1);
    assertThat(run.state()).isEqualTo(State.QUEUED);
    run = run.with(PLACED, 2);
    assertThat(run.state()).isEqualTo(State.PLACED);
    run = run.with(TestFacts.ended(LIFE, 1, 3), 3);
    assertThat(run.state()).isEqualTo(State.ENDED);
    assertThat(run.end().orElseThrow().exit().returncode()).isEqualTo(3);
  }

  @Test
  void oneThatIsLostWaitsOnceMoreAndGoesOnWithTheNextNumber() {
    RunFacts run = of(ASKED, PLACED, AGAIN);

    assertThat(run.state()).isEqualTo(State.QUEUED);
    assertThat(run.number()).isEqualTo(2);
    assertThat(run.nextSeq()).isEqualTo(7);
    assertThat(run.placed()).isEmpty();
    assertThat(of(ASKED, PLACED, AGAIN, PLACED_AGAIN).placed()).contains(PLACED_AGAIN);
  }

  @Test
  void oneThatNobodyExecutesHasNotEndedUntilThatIsWritten() {
    Fact.NotPlaced nobody = new Fact.NotPlaced(LIFE, 1, TestFacts.exit(0, 130));

    assertThat(of(ASKED, nobody).state()).isEqualTo(State.NOT_PLACED);
    assertThat(of(ASKED, nobody, TestFacts.ended(LIFE, 1, 130)).state()).isEqualTo(State.ENDED);
  }

  @Test
  void whoIsFirstUnderAKeyHasDecided() {
    RunFacts run = of(ASKED, PLACED);
    Fact.NotPlaced late = new Fact.NotPlaced(LIFE, 1, TestFacts.exit(0, 130));

    assertThat(run.with(late, 9)).isSameAs(run);
    assertThat(run.with(TestFacts.placed(LIFE, 1, "r2"), 9)).isSameAs(run);
    assertThat(run.inPlaceOf(late)).contains(PLACED);
    assertThat(run.inPlaceOf(PLACED_AGAIN)).isEmpty();
  }

  @Test
  void whereADecisionWasLostTheOtherCountsAndTheRunIsInDoubt() {
    Fact.Placed other = TestFacts.placed(LIFE, 1, "r2");
    RunFacts run = of(ASKED, PLACED);
    assertThat(run.isInDoubt()).isFalse();

    RunFacts doubtful = run.instead(other, 9);

    assertThat(doubtful.placed()).contains(other);
    assertThat(doubtful.isInDoubt()).isTrue();
    assertThat(doubtful.with(CANCEL, 10).isInDoubt()).isTrue();
    assertThat(doubtful.wasPlacedAs(PLACED.placement().name())).isTrue();
    assertThat(doubtful.lastRevision()).isEqualTo(9);
  }

  @Test
  void whereItsClientIsLeavesNoDoubt() {
    Fact.At other = new Fact.At(LIFE, 1, Optional.of("h3"), 1);

    RunFacts run = of(ASKED, AT_H2).instead(other, 9);

    assertThat(run.holder()).contains("h3");
    assertThat(run.isInDoubt()).isFalse();
  }

  @Test
  void itsClientIsWhereItCameLast() {
    assertThat(of(ASKED).holder()).contains("h1");
    assertThat(of(ASKED, AT_H2).holder()).contains("h2");
    assertThat(of(ASKED, GONE, AT_H2).holder()).isEmpty();
    assertThat(of(ASKED).nextAt(Optional.of("h2"), 1)).isEqualTo(AT_H2);
    assertThat(of(ASKED, AT_H2).nextAt(Optional.empty(), 1)).isEqualTo(GONE);
  }

  @Test
  void aThousandMovesOfItsClientAreOneFactInMemory() {
    RunFacts run = of(ASKED);
    for (int i = 0; i < 1_000; i++) {
      run = run.with(run.nextAt(Optional.of("h" + i), i), i);
    }

    assertThat(run.nextAt(Optional.empty(), 0).number()).isEqualTo(1_001);
    assertThat(run.size()).isEqualTo(2);
  }

  @Test
  void itIsInTheOrderInWhichItWasAskedForAndKnowsItsLastFact() {
    RunFacts run = RunFacts.none(LIFE).with(ASKED, 4).with(CANCEL, 9).with(PLACED, 6);

    assertThat(run.revision()).isEqualTo(4);
    assertThat(run.lastRevision()).isEqualTo(9);
  }

  /** With each fact told at another time, and told twice. */
  @Test
  void inWhateverOrderTheyComeAndHoweverOftenTheSumIsTheSame() {
    String wanted = sum(ALL);
    for (int first = 0; first < ALL.size(); first++) {
      for (int second = 0; second < ALL.size(); second++) {
        List<Fact> order = new ArrayList<>(ALL);
        order.add(second, order.remove(first));
        assertThat(sum(order)).as("%s", order).isEqualTo(wanted);
        List<Fact> backwards = new ArrayList<>(order);
        Collections.reverse(backwards);
        assertThat(sum(backwards)).as("%s", backwards).isEqualTo(wanted);
        order.addAll(backwards);
        assertThat(sum(order)).as("%s", order).isEqualTo(wanted);
      }
    }
  }

  private static String sum(List<Fact> facts) {
    RunFacts run = of(facts.toArray(Fact[]::new));
    return "%s %s %s %s %s %s %s %s %s"
        .formatted(
            run.state(),
            run.number(),
            run.nextSeq(),
            run.asked(),
            run.placed(),
            run.again(),
            run.end(),
            run.cancel(),
            run.at());
  }

  private static RunFacts of(Fact... facts) {
    RunFacts run = RunFacts.none(LIFE);
    for (Fact fact : facts) {
      run = run.with(fact, ALL.indexOf(fact) + 1L);
    }
    return run;
  }
}
