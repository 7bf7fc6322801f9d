package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.nats.Watch;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FactsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Fact.Asked ASKED = TestFacts.asked("a");
  private static final Life LIFE = ASKED.life();
  private static final RunId RUN = LIFE.run();

  private final Bucket bucket = new Bucket();
  private final Bucket.Mirror mirror = bucket.mirror(VERTX);
  private final Facts facts = mirror.facts();

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void whatIsDecidedIsKnownByThen() {
    Future<Fact> decided = facts.create(ASKED);

    assertThat(decided.result()).isEqualTo(ASKED);
    assertThat(facts.find(RUN).map(RunFacts::state)).contains(RunFacts.State.QUEUED);
  }

  @Test
  void whoIsLaterIsToldWhatStandsThere() {
    bucket.write(ASKED);
    mirror.lags(true);
    Fact.Placed first = TestFacts.placed(LIFE, 1, "r1");
    bucket.write(first);

    Future<Fact> decided = facts.create(TestFacts.placed(LIFE, 1, "r2"));

    assertThat(decided.isComplete()).as("the mirror does not have it yet").isFalse();
    mirror.lags(false);
    assertThat(decided.result()).isEqualTo(first);
  }

  @Test
  void whereItsClientWasBeforeItWentOnIsKnownByThenThoughItIsNotKept() {
    bucket.write(ASKED);
    Fact.At left = new Fact.At(LIFE, 1, Optional.empty(), 0);
    bucket.write(left);
    bucket.write(new Fact.At(LIFE, 2, Optional.of("h2"), 0));

    Future<Fact> decided = facts.create(new Fact.At(LIFE, 1, Optional.of("h2"), 0));

    assertThat(decided.isComplete()).as("it is told to no mirror again").isTrue();
    assertThat(decided.result()).isEqualTo(left);
  }

  @Test
  void whatIsKnownAlreadyIsToldWithoutAsking() {
    bucket.write(ASKED);
    mirror.lags(true);

    assertThat(facts.create(ASKED).isComplete()).isTrue();
  }

  @Test
  void eachHubTellsTheSameChangesInTheSameOrder() {
    Bucket.Mirror late = bucket.mirror(VERTX);
    late.lags(true);
    List<String> here = changes(facts);
    List<String> there = changes(late.facts());

    facts.create(ASKED);
    facts.create(TestFacts.asked("b"));
    facts.create(TestFacts.placed(LIFE, 1, "r1"));
    late.lags(false);

    assertThat(here).containsExactly("a QUEUED", "b QUEUED", "a PLACED").isEqualTo(there);
  }

  @Test
  void runsAreInTheOrderInWhichTheyWereAskedFor() {
    bucket.write(TestFacts.asked("b"));
    bucket.write(ASKED);
    bucket.write(TestFacts.ended(new Life(new RunId("b"), 1), 1, 0));

    assertThat(facts.oldestFirst())
        .extracting(run -> run.life().run().value())
        .containsExactly("b", "a");
    assertThat(facts.unfinished()).extracting(RunFacts::life).containsExactly(LIFE);
  }

  @Test
  void anIdThatIsTakenAgainMeansTheNewRunAndTheOldOneIsForgotten() {
    List<Life> forgotten = forgotten();
    bucket.write(ASKED);
    bucket.write(TestFacts.ended(LIFE, 1, 0));
    Life second = facts.nextLife(RUN);
    assertThat(second).isEqualTo(new Life(RUN, 2));

    bucket.write(TestFacts.asked(second, ASKED.request().invocation(), false));

    assertThat(facts.find(RUN).map(RunFacts::life)).contains(second);
    assertThat(forgotten).containsExactly(LIFE);
  }

  @Test
  void whatIsForgottenIsKnownNoMoreAndWhatHasNotEndedIsNotForgotten() {
    List<Life> forgotten = forgotten();
    bucket.write(ASKED);
    facts.forget(RUN);
    assertThat(facts.find(RUN)).isPresent();

    bucket.write(TestFacts.ended(LIFE, 1, 0));
    facts.forget(RUN);

    assertThat(facts.find(RUN)).isEmpty();
    assertThat(facts.oldestFirst()).isEmpty();
    assertThat(forgotten).containsExactly(LIFE);
  }

  @Test
  void whatIsForgottenAsSoonAsItHasEndedHasEnded() {
    facts.onChange(run -> facts.forget(run.life().run()));
    bucket.write(ASKED);
    Fact.Ended ended = TestFacts.ended(LIFE, 1, 0);

    Future<Fact> decided = facts.create(ended);

    assertThat(decided.result()).isEqualTo(ended);
  }

  @Test
  void theHubThatHasDecidedAnEndIsToldOfItAndNoOtherThoughTheRunIsForgottenAtOnce() {
    List<RunFacts> here = new ArrayList<>();
    List<RunFacts> there = new ArrayList<>();
    Facts other = bucket.mirror(VERTX).facts();
    facts.onEndedHere(here::add);
    other.onEndedHere(there::add);
    facts.onChange(run -> facts.forget(run.life().run()));
    bucket.write(ASKED);

    facts.create(TestFacts.ended(LIFE, 1, 0));
    other.create(TestFacts.ended(LIFE, 1, 9));

    assertThat(here).singleElement().extracting(RunFacts::state).isEqualTo(RunFacts.State.ENDED);
    assertThat(there).isEmpty();
  }

  @Test
  void whatNoHubHasWrittenIsLeftOut() {
    facts.told(new Watch.Entry("a.1.asked", 1, false, Buffer.buffer("{")));
    facts.told(new Watch.Entry("a.1.newer.1", 2, false, Buffer.buffer("{}")));
    facts.told(new Watch.Entry("a.1.cancel", 3, true, Buffer.buffer()));

    assertThat(facts.unfinished()).isEmpty();
  }

  @Test
  void whatNoHubHasWrittenIsNotTakenForOnesOwnWord() {
    bucket.write(ASKED);
    Fact.Placed placed = TestFacts.placed(LIFE, 1, "r1");
    bucket.create(placed.key(), Buffer.buffer("+ACK"));

    Future<Fact> decided = facts.create(placed);

    assertThat(decided.failed()).isTrue();
    assertThat(decided.cause()).hasMessageContaining(placed.key());
  }

  private List<Life> forgotten() {
    List<Life> forgotten = new ArrayList<>();
    facts.onForgotten(run -> forgotten.add(run.life()));
    return forgotten;
  }

  private static List<String> changes(Facts facts) {
    List<String> changes = new ArrayList<>();
    facts.onChange(run -> changes.add(run.life().run() + " " + run.state()));
    return changes;
  }
}
