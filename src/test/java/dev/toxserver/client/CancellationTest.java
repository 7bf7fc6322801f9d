package dev.toxserver.client;

import static dev.toxserver.client.Scene.ATTACH;
import static dev.toxserver.client.Scene.LOGS;
import static dev.toxserver.client.Scene.PING;
import static dev.toxserver.client.Scene.RUN;
import static dev.toxserver.client.Scene.STATUS;
import static dev.toxserver.client.Scene.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ^C does, and whatever else makes the client go before the end. */
class CancellationTest {
  private static final String CANCEL = "send tox.cancel {\"id\":\"r1\"}, reply to cancel-reply";
  private static final String CANCELLING = "Cancelling run with the server. ^C again to exit.\n";

  @Test
  void theFirstInterruptAsksTheServerAndGoesOnTakingInWhatComes() throws Exception {
    Scene scene = Scene.talking(RUN);
    scene.exchange.interrupt();
    assertThat(scene.link.calls()).containsExactly(CANCEL);
    assertThat(scene.told()).isEqualTo(CANCELLING);
    scene.exit(0, 130);
    scene.runTask();
    assertThat(scene.outcome()).isInstanceOf(Outcome.Exited.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLING", "CANCELLING_AWAY", "WRITING_CANCELLED"})
  void theSecondLeavesAtOnceAndAsksNoMore(State state) throws Exception {
    Scene scene = Scene.in(state);
    scene.exchange.interrupt();
    assertThat(scene.outcome()).isEqualTo(new Outcome.Interrupted());
    assertThat(scene.link.calls()).containsExactly("close");
    assertThat(scene.told()).isEqualTo(CANCELLING);
  }

  @Test
  void whileThereIsNoServerTheFirstLeaves() {
    Scene scene = new Scene(RUN);
    scene.exchange.interrupt();
    assertThat(scene.outcome()).isEqualTo(new Outcome.Interrupted());
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void aCancelWhileTheConnectionIsLostIsSentOverTheNext() throws Exception {
    Scene scene = Scene.in(State.AWAY);
    scene.exchange.interrupt();
    assertThat(scene.told()).isEqualTo(CANCELLING);
    scene.link.calls();
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .containsExactly(
            "send tox.attach {\"id\":\"r1\",\"follow\":true,\"from\":0,\"requester\":true}, reply to reply",
            CANCEL);
    assertThat(scene.told()).as("said once").isEqualTo(CANCELLING);
  }

  @Test
  void aCancelIsSentAgainWhenItsConnectionIsLost() throws Exception {
    Scene scene = Scene.in(State.CANCELLING);
    scene.exchange.lost("cut");
    assertThat(scene.link.calls()).containsExactly("reconnect");
    scene.exchange.connected();
    assertThat(scene.link.calls()).hasSize(2).contains(CANCEL);
  }

  @Test
  void anInterruptWhileTheLastOutputIsWrittenIsNotTheEnd() throws Exception {
    Scene scene = Scene.in(State.WRITING);
    scene.exchange.interrupt();
    assertThat(scene.told()).isEqualTo(CANCELLING);
    scene.runTask();
    assertThat(scene.outcome()).isInstanceOf(Outcome.Exited.class);
  }

  @Test
  void aQuestionIsCancelledByItsWord() {
    Scene scene = Scene.asked(PING);
    scene.exchange.interrupt();
    assertThat(scene.told()).startsWith("Cancelling ping with the server.");
    assertThat(scene.link.calls())
        .containsExactly("send tox.cancel {\"command\":\"ping\"}, reply to cancel-reply");
    scene.exchange.lost("cut");
    assertThat(scene.outcome())
        .isEqualTo(new Outcome.Failed("the connection to localhost:9876 was lost (cut)"));
  }

  @Test
  void aDetachedRunIsCancelledByItsId() {
    Scene scene =
        Scene.asked(
            new Request.Run(
                Scene.ID, new Invocation(List.of()), Optional.empty(), true, Optional.empty()));
    scene.exchange.interrupt();
    assertThat(scene.link.calls()).containsExactly(CANCEL);
  }

  @Test
  void whoFollowsARunOfAnotherLeavesItAloneAndIsToldItsId() {
    Scene scene = Scene.talking(ATTACH);
    scene.exchange.interrupt();
    assertThat(scene.outcome()).isEqualTo(new Outcome.Left(Scene.ID));
    assertThat(scene.link.calls()).containsExactly("close");
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void whoFollowsARunOfAnotherThatIsNotKnownYetOrHasEndedIsSimplyInterrupted() {
    Scene unknown = Scene.asked(ATTACH);
    unknown.exchange.interrupt();
    assertThat(unknown.outcome()).isEqualTo(new Outcome.Interrupted());
    Scene over = Scene.talking(ATTACH);
    over.exit(0, 0);
    over.exchange.interrupt();
    assertThat(over.outcome()).isEqualTo(new Outcome.Interrupted());
  }

  @Test
  void whoReadsLogsOrTheStatusLeavesAtTheFirst() {
    for (Request request : List.of(LOGS, STATUS)) {
      Scene scene = Scene.asked(request);
      scene.pong();
      scene.exchange.interrupt();
      assertThat(scene.outcome()).isEqualTo(new Outcome.Interrupted());
    }
    Scene logs = Scene.talking(LOGS);
    logs.exchange.interrupt();
    assertThat(logs.outcome()).isEqualTo(new Outcome.Interrupted());
  }

  @Test
  void anErrorInAnswerToACancelIsShownUnlessItIsThatThereIsNoSuchRun() throws Exception {
    Scene scene = Scene.in(State.CANCELLING);
    scene.refuseCancel(404, "no such run");
    scene.answerCancel();
    scene.refuseCancel(500, "not now");
    assertThat(scene.told()).isEqualTo(CANCELLING + "not now\n");
    assertThat(scene.outcome()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"ASKED", "TALKING", "CANCELLING"})
  void whoHasToGoCancelsItsRunAndWaitsForTheAnswer(State state) throws Exception {
    Scene scene = Scene.in(state);
    scene.exchange.leave(TERMINATED);
    assertThat(scene.link.calls())
        .as("the answer comes after the output, which may be held up")
        .containsExactly(CANCEL, "resume");
    assertThat(scene.outcome()).isNull();
    String told = scene.told();
    scene.output(0, "not shown");
    scene.exit(1, 0);
    scene.refuse(500, "not taken in");
    scene.refuseCancel(500, "not shown");
    assertThat(scene.outcome()).isEqualTo(TERMINATED);
    assertThat(scene.link.calls()).containsExactly("close");
    assertThat(scene.told()).isEqualTo(told);
  }

  @Test
  void whoHasToGoWaitsASecondForTheAnswer() throws Exception {
    Scene scene = Scene.in(State.LEAVING);
    scene.clock.advance(999);
    assertThat(scene.outcome()).isNull();
    scene.clock.advance(1);
    assertThat(scene.outcome()).isEqualTo(TERMINATED);
  }

  @Test
  void whateverEndsTheWaitItIsTheFirstReasonThatCounts() throws Exception {
    Scene again = Scene.in(State.LEAVING);
    again.exchange.leave(new Outcome.Terminated(1));
    assertThat(again.outcome()).isEqualTo(TERMINATED);
    Scene lost = Scene.in(State.LEAVING);
    lost.exchange.lost("cut");
    assertThat(lost.outcome()).isEqualTo(TERMINATED);
    assertThat(lost.link.calls()).containsExactly("close");
    Scene interrupted = Scene.in(State.LEAVING);
    interrupted.exchange.interrupt();
    assertThat(interrupted.outcome()).isEqualTo(TERMINATED);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTING", "AWAY", "CANCELLING_AWAY", "WRITING", "WRITING_CANCELLED"})
  void whoHasToGoAndHasNoConnectionGoesAtOnce(State state) throws Exception {
    Scene scene = Scene.in(state);
    scene.exchange.leave(TERMINATED);
    assertThat(scene.outcome()).isEqualTo(TERMINATED);
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void whoHasToGoAndHasNoRunOfItsOwnGoesAtOnce() {
    for (Request request : List.of(PING, ATTACH, LOGS, STATUS)) {
      Scene scene = Scene.asked(request);
      scene.exchange.leave(TERMINATED);
      assertThat(scene.outcome()).isEqualTo(TERMINATED);
      assertThat(scene.link.calls()).containsExactly("close");
    }
  }
}
