package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.TestFacts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final Fact.Asked ASKED = TestFacts.asked("a");
  private static final Life LIFE = ASKED.life();
  private static final Fact.Cancel CANCEL = new Fact.Cancel(LIFE, "h1", "asked");

  private final SweptHub hub = new SweptHub();

  @Test
  void aRunWhoseRunnerIsSilentPastItsLeaseIsLost() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.log("out", "out");
    hub.runner("r1", "s", "a").silent(40);
    hub.pass(46);
    assertThat(hub.end()).as("it may come back").isEmpty();

    hub.runner("r1", "s", "a").silent(46);
    hub.pass(1);

    RunEvent.Exit exit = hub.end().orElseThrow().exit();
    assertThat(exit.lost()).isTrue();
    assertThat(exit.returncode()).isEqualTo(RunEvent.Exit.LOST);
    assertThat(exit.error()).contains("the run is lost: the runner r1 is gone");
    assertThat(hub.end().orElseThrow().index()).isEqualTo(2);
    assertThat(hub.log()).endsWith("end of " + exit.seq());
  }

  @Test
  void whatARunnerHasTakenThatWasSilentForLongIsNotLostBeforeItIsHeardAgain() {
    hub.runner("r1", "s", "a").silent(100);
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));

    hub.pass(46);
    assertThat(hub.end()).isEmpty();

    hub.pass(1);
    assertThat(hub.end()).isPresent();
  }

  @Test
  void aRunnerIsJudgedByItsOwnTimesNotByTheHubs() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1", 600_000));
    hub.runner("r1", "s", "a").silent(604);
    hub.pass(606);
    assertThat(hub.end()).as("it may still be ending the run").isEmpty();

    hub.runner("r1", "s", "a").silent(606);
    hub.pass(1);

    assertThat(hub.end()).isPresent();
  }

  @Test
  void soItIsByAHubThatKnowsNothingOfItButTheRun() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1", 600_000));
    hub.pass(605);
    assertThat(hub.end()).isEmpty();

    hub.pass(1);

    assertThat(hub.end()).isPresent();
  }

  @Test
  void soItIsAtOnceIfItsRunnerWasStartedAgain() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "t");

    hub.pass(1);

    assertThat(hub.end().orElseThrow().exit().error())
        .contains("the run is lost: the runner r1 was started again");
  }

  @Test
  void aRunnerThatHasEndedItsRunsAndLivesOnIsNotSaidToHaveBeenStartedAgain() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "t-s");

    hub.pass(1);

    assertThat(hub.end().orElseThrow().exit().error())
        .contains(
            "the run is lost: the runner r1 was cut off for too long, and has ended its runs");
  }

  @Test
  void aLeaseThatIsOlderThanThePlacementSaysNothing() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "r");

    hub.pass(60);

    assertThat(hub.end()).isEmpty();
  }

  @Test
  void whatARunnerSaidBeforeItFellSilentSaysNothingOfARunThatItHasGotSince() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "s").silent(5);

    hub.pass(30);

    assertThat(hub.end()).as("it may be cut off, and carry the run out").isEmpty();
  }

  @Test
  void aRunnerThatDoesNotKnowARunIsGivenTimeToHearOfIt() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "s");
    hub.pass(9);
    assertThat(hub.end()).isEmpty();

    hub.runner("r1", "s", "a");
    hub.pass(1);
    hub.runner("r1", "s");
    hub.pass(10);
    assertThat(hub.end()).as("it begins anew").isEmpty();

    hub.pass(1);
    assertThat(hub.end()).isPresent();
  }

  @Test
  void aRunnerThatWritesLives() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.log("out");
    hub.runner("r1", "t");
    hub.isReadTooShort = true;

    hub.pass(5);

    assertThat(hub.end()).isEmpty();
    hub.isReadTooShort = false;
    hub.pass(1);
    assertThat(hub.end()).isPresent();
  }

  @Test
  void whatTheLogSaysOfItsEndIsWhatHasBecomeOfTheRun() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.log("out", "exit 3");
    hub.runner("r1", "t");

    hub.pass(1);

    assertThat(hub.end().orElseThrow().exit().returncode()).isEqualTo(3);
    assertThat(hub.end().orElseThrow().index()).isEqualTo(1);
  }

  @Test
  void aRunThatMayBeRetriedWaitsOnceMoreAndOnlyOnce() {
    hub.write(TestFacts.asked(LIFE, ASKED.request().invocation(), true));
    hub.write(TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "t");

    hub.pass(1);

    assertThat(hub.run().state()).isEqualTo(RunFacts.State.QUEUED);
    assertThat(hub.log()).containsExactly("end of nothing");
    hub.write(TestFacts.placed(LIFE, 2, "r1"));
    hub.pass(1);
    assertThat(hub.end().orElseThrow().exit().lost()).isTrue();
    assertThat(hub.end().orElseThrow().exit().retried()).isTrue();
  }

  @Test
  void whoWasNotHeardItselfDeclaresNobodyLost() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "s", "a").silent(1_000);
    hub.isHeard = false;

    hub.pass(100);

    assertThat(hub.end()).isEmpty();
  }

  @Test
  void onlyTheHubThatIsThereForTheLongestTimeActs() {
    hub.write(ASKED, TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "t");
    hub.hub("h0", 1).silent(10);
    hub.pass(1);
    assertThat(hub.end()).isEmpty();

    hub.hub("h0", 1).silent(11);
    hub.pass(1);
    assertThat(hub.end()).isPresent();
  }

  @Test
  void aRunOfWhichADecisionWasLostEndsWhoeverActs() {
    hub.write(TestFacts.asked(LIFE, ASKED.request().invocation(), true));
    hub.write(TestFacts.placed(LIFE, 1, "r1"));
    hub.runner("r1", "s", "a");
    hub.hub("h0", 1);
    hub.overwrite(TestFacts.placed(LIFE, 1, "r2"));

    hub.pass(1);

    RunEvent.Exit exit = hub.end().orElseThrow().exit();
    assertThat(exit.lost()).as("and not begun once more").isTrue();
    assertThat(exit.error()).get().asString().contains("NATS has lost a write");
  }

  @Test
  void aRunWhoseHubDiedBeforeItWroteTheEndEnds() {
    hub.write(ASKED, new Fact.NotPlaced(LIFE, 1, TestFacts.exit(0, 130)));
    hub.pass(3);
    assertThat(hub.end()).as("whoever has begun it may end it").isEmpty();

    hub.pass(1);

    assertThat(hub.end().orElseThrow().exit()).isEqualTo(TestFacts.exit(0, 130));
  }

  @Test
  void aCancelledRunThatWaitsIsWithdrawn() {
    hub.write(ASKED, CANCEL);

    hub.pass(4);

    assertThat(hub.run().notPlaced()).isPresent();
    assertThat(hub.end().orElseThrow().exit().cancelled()).isTrue();
  }

  @Test
  void aRunWhoseClientWasAtAHubThatDiedIsCancelledAfterTheGrace() {
    hub.write(TestFacts.asked("b"));
    hub.hub("h1", 9).silent(11);
    hub.pass(30);
    assertThat(hub.find("b.1.cancel")).as("its client may come to another hub").isEmpty();

    hub.pass(1);

    assertThat(hub.find("b.1.at.1").orElseThrow()).isInstanceOf(Fact.At.class);
    assertThat(hub.find("b.1.cancel")).as("it may be there already").isEmpty();

    hub.pass(4);
    assertThat(hub.find("b.1.cancel")).isPresent();
  }

  @Test
  void aClientWhoseNewHubHasWrittenSoJustAfterItWasGivenUpKeepsItsRun() {
    hub.write(ASKED);
    hub.hub("h1", 9).silent(11);
    hub.pass(31);
    assertThat(hub.run().holder()).isEmpty();
    hub.pass(2);

    hub.write(new Fact.At(LIFE, 2, Optional.of(SweptHub.NAME), 0));
    hub.pass(60);

    assertThat(hub.run().cancel()).isEmpty();
  }

  @Test
  void aClientThatHasComeToAnotherHubInTimeKeepsItsRun() {
    hub.write(ASKED);
    hub.hub("h1", 9).silent(11);
    hub.pass(25);

    hub.write(new Fact.At(LIFE, 1, Optional.of(SweptHub.NAME), 0));
    hub.pass(60);

    assertThat(hub.run().cancel()).isEmpty();
  }

  @Test
  void whatIsLeftOfARunThatWasForgottenIsForgotten() {
    hub.write(CANCEL);
    hub.pass(61);
    assertThat(hub.facts().unfinished()).isEmpty();
  }
}
