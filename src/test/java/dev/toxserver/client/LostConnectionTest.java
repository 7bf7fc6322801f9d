package dev.toxserver.client;

import static dev.toxserver.client.Scene.ATTACH;
import static dev.toxserver.client.Scene.LOGS;
import static dev.toxserver.client.Scene.PING;
import static dev.toxserver.client.Scene.RUN;
import static dev.toxserver.client.Scene.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a request whose connection is lost. */
class LostConnectionTest {
  private static final Request DETACHED =
      new Request.Run(
          Scene.ID, new Invocation(List.of()), Optional.empty(), true, Optional.empty());
  private static final String UNKNOWN = "the run's result is unknown: ";

  @Test
  void beforeTheFirstWordAnyRequestIsTriedAgain() {
    for (Request request : List.of(RUN, ATTACH, LOGS, PING, STATUS)) {
      Scene scene = Scene.asked(request);
      scene.exchange.lost("cut");
      assertThat(scene.link.calls()).containsExactly("connect");
      assertThat(scene.outcome()).isNull();
    }
  }

  @Test
  void aRunGoesOnAtTheNextEvent() {
    Scene scene = Scene.talking(RUN);
    scene.output(0, "one");
    scene.output(1, "two");
    scene.exchange.lost("cut");
    assertThat(scene.link.calls()).containsExactly("reconnect");
    scene.exchange.connected();
    assertThat(scene.link.calls()).containsExactly(attach("r1", "\"from\":2,\"requester\":true"));
  }

  @Test
  void aRunThatWasSentOnceIsAskedForAndNotStartedTwice() {
    Scene scene = Scene.asked(RUN);
    scene.exchange.lost("cut");
    scene.link.calls();
    scene.exchange.connected();
    assertThat(scene.link.calls()).containsExactly(attach("r1", "\"from\":0,\"requester\":true"));
  }

  @Test
  void aDetachedRunThatWasSentOnceIsLookedForAndNotStartedTwice() {
    Scene scene = detachedAgain();
    assertThat(scene.link.calls())
        .containsExactly("send tox.attach {\"id\":\"r1\",\"follow\":false}, reply to reply");
    scene.accept("passed", 3);
    assertThat(scene.outcome())
        .as("what a run that was taken on is answered")
        .isEqualTo(new Outcome.Answered(new JsonObject().put("id", "r1").put("state", "passed")));
  }

  @Test
  void aDetachedRunThatTheServerDoesNotKnowIsAskedForAgain() {
    Scene scene = detachedAgain();
    scene.link.calls();
    scene.refuse(404, "no run has this id");
    assertThat(scene.link.calls())
        .containsExactly(
            "send tox.run {\"id\":\"r1\",\"args\":[],\"detach\":true}, reply to reply");
    JsonObject answer = new JsonObject().put("id", "r1").put("state", "queued").put("position", 2);
    scene.reply(answer);
    assertThat(scene.outcome()).isEqualTo(new Outcome.Answered(answer));
  }

  @Test
  void aDetachedRunThatHasArrivedMeanwhileIsTakenOn() {
    Scene scene = detachedAgain();
    scene.refuse(404, "no run has this id");
    scene.link.calls();
    scene.refuse(409, "id: r1 is taken by a run that has not ended");
    assertThat(scene.outcome()).isNull();
    assertThat(scene.link.calls()).hasSize(1);
    scene.accept("running", 0);
    assertThat(scene.outcome()).isInstanceOf(Outcome.Answered.class);
  }

  @Test
  void aDetachedRunThatIsNotAnsweredIsLookedForThoughTheServerHasSpoken() {
    Scene scene = Scene.asked(DETACHED);
    scene.pong();
    scene.exchange.lost("cut");
    assertThat(scene.link.calls()).containsExactly("reconnect");
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .containsExactly("send tox.attach {\"id\":\"r1\",\"follow\":false}, reply to reply");
  }

  @Test
  void anIdThatIsTakenWhenADetachedRunIsFirstSentIsRefused() {
    Scene scene = Scene.asked(DETACHED);
    scene.refuse(409, "id: r1 is taken by a run that has not ended");
    assertThat(scene.outcome()).isInstanceOf(Outcome.Failed.class);
  }

  private static Scene detachedAgain() {
    Scene scene = Scene.asked(DETACHED);
    scene.exchange.lost("cut");
    scene.link.calls();
    scene.exchange.connected();
    return scene;
  }

  @Test
  void aRunThatTheServerDoesNotKnowIsAskedForAgain() {
    Scene scene = attachedAgain();
    scene.refuse(404, "no run has this id");
    assertThat(scene.link.calls()).containsExactly(register(), run());
    scene.accept("running", 0);
    scene.output(0, "once");
    assertThat(scene.outcome()).isNull();
  }

  @Test
  void aServerThatIsToBeLeftBeforeItHasAnsweredIsLeftAndAnotherIsAsked() {
    Scene scene = Scene.asked(RUN);
    scene.link.reached = Optional.of("a:1");
    scene.event(new JsonObject().put("type", "leaving"));
    assertThat(scene.link.calls()).containsExactly("move on");
    scene.exchange.lost("it is shutting down");
    scene.link.reached = Optional.of("b:2");
    scene.exchange.connected();
    scene.link.calls();
    scene.refuse(404, "no run has this id");
    assertThat(scene.link.calls()).containsExactly(register(), run());
  }

  @Test
  void aRunThatTheServerAcceptsLateIsAttachedTo() {
    Scene scene = attachedAgain();
    scene.refuse(404, "no run has this id");
    scene.link.calls();
    scene.refuse(409, "id is taken");
    assertThat(scene.link.calls()).containsExactly(attach("r1", "\"from\":0,\"requester\":true"));
    assertThat(scene.outcome()).isNull();
  }

  @Test
  void anIdThatIsTakenByAnotherRunIsAnErrorTheFirstTime() {
    Scene scene = Scene.asked(RUN);
    scene.refuse(409, "id is taken");
    assertThat(scene.outcome()).isEqualTo(new Outcome.Failed("id is taken", 409));
    assertThat(scene.link.calls()).as("what was refused is not cancelled").containsExactly("close");
  }

  @Test
  void aRunThatTheServerDoesNotKnowIsNotAskedForAgainOnceTheUserHasCancelled() {
    Scene scene = attachedAgain();
    scene.exchange.interrupt();
    scene.link.calls();
    scene.refuse(404, "no run has this id");
    assertThat(scene.outcome()).isEqualTo(new Outcome.Interrupted());
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void aRunThatTheServerHasForgottenHasNoKnownResult() {
    Scene scene = Scene.talking(RUN);
    scene.exchange.lost("cut");
    scene.exchange.connected();
    scene.refuse(404, "no run has this id");
    assertThat(scene.outcome())
        .isEqualTo(
            new Outcome.Failed(
                UNKNOWN + "the server does not know the run any more (was it restarted?)"));
  }

  @Test
  void anyOtherRefusalOfARunThatIsKnownIsToldAsItIs() {
    Scene scene = Scene.talking(RUN);
    scene.exchange.lost("cut");
    scene.exchange.connected();
    scene.refuse(500, "not now");
    assertThat(scene.outcome()).isEqualTo(new Outcome.Failed(UNKNOWN + "not now"));
  }

  @Test
  void whoFollowsARunOfAnotherAttachesAgainByItsOwnId() {
    Scene scene = Scene.asked(ATTACH);
    scene.accept("running", 0);
    scene.output(0, "one");
    scene.exchange.lost("cut");
    scene.link.calls();
    scene.exchange.connected();
    assertThat(scene.link.calls()).containsExactly(attach("r1", "\"from\":1"));
  }

  @Test
  void fromNowOnMeansFromTheEventThatTheServerNamedAlsoAfterALoss() {
    Scene scene = new Scene(new Request.Attach(RunId.LAST, Optional.empty(), true));
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .contains("send tox.attach {\"id\":\"last\",\"follow\":true}, reply to reply");
    scene.accept("running", 5);
    scene.exchange.lost("cut");
    scene.link.calls();
    scene.exchange.connected();
    assertThat(scene.link.calls()).containsExactly(attach("r1", "\"from\":5"));
  }

  @Test
  void aQuestionIsNotAskedTwiceOnceTheServerHasSpoken() {
    Scene scene = Scene.asked(PING);
    scene.pong();
    scene.exchange.lost("cut");
    assertThat(scene.outcome())
        .isEqualTo(new Outcome.Failed("the connection to localhost:9876 was lost (cut)"));
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void logsAreNotReadAgainOnceTheServerHasSpoken() {
    Scene scene = Scene.talking(LOGS);
    scene.exchange.lost("cut");
    assertThat(scene.outcome())
        .isEqualTo(new Outcome.Failed("the connection to localhost:9876 was lost (cut)"));
  }

  @Test
  void aServerThatStaysAwayLeavesTheResultUnknown() throws Exception {
    Scene scene = Scene.in(State.AWAY);
    scene.exchange.givenUp("Connection refused");
    assertThat(scene.outcome())
        .isEqualTo(
            new Outcome.Failed(
                UNKNOWN
                    + "localhost:9876 could not be reached again within 2.5 s (Connection"
                    + " refused)"));
  }

  private static Scene attachedAgain() {
    Scene scene = Scene.asked(RUN);
    scene.exchange.lost("cut");
    scene.exchange.connected();
    scene.pong();
    scene.link.calls();
    return scene;
  }

  private static String register() {
    return "register tox.output.r1";
  }

  private static String run() {
    return "send tox.run {\"id\":\"r1\",\"args\":[\"-e\",\"py\"]}, reply to reply";
  }

  private static String attach(String id, String rest) {
    return "send tox.attach {\"id\":\"" + id + "\",\"follow\":true," + rest + "}, reply to reply";
  }
}
