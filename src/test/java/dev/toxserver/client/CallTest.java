package dev.toxserver.client;

import static dev.toxserver.client.Scene.ATTACH;
import static dev.toxserver.client.Scene.LOGS;
import static dev.toxserver.client.Scene.PING;
import static dev.toxserver.client.Scene.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunResults;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the server over the first connection, and what its frames mean. */
class CallTest {

  @Test
  void aRunsOutputIsListenedToBeforeTheRunIsAskedFor() {
    Scene scene = new Scene(RUN);
    assertThat(scene.link.calls()).containsExactly("start");
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .containsExactly(
            "register tox.output.r1",
            "send tox.run {\"id\":\"r1\",\"args\":[\"-e\",\"py\"]}, reply to reply");
  }

  @Test
  void aDetachedRunIsAQuestionWhoseAnswerIsTheEnd() {
    Scene scene =
        new Scene(
            new Request.Run(
                Scene.ID, new Invocation(List.of()), Optional.empty(), true, Optional.empty()));
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .containsExactly(
            "start", "send tox.run {\"id\":\"r1\",\"args\":[],\"detach\":true}, reply to reply");
    JsonObject answer = new JsonObject().put("id", "r1").put("state", "queued");
    scene.reply(answer);
    assertThat(scene.outcome()).isEqualTo(new Outcome.Answered(answer));
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void theEventsOfARunThatIsThereAreAskedFor() {
    Scene scene = new Scene(LOGS);
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .containsExactly(
            "start", "send tox.attach {\"id\":\"r1\",\"follow\":false,\"from\":0}, reply to reply");
  }

  @Test
  void aQuestionsAnswerIsItsOutcome() {
    Scene scene = Scene.asked(PING);
    scene.event(new JsonObject().put("type", "heartbeat").put("state", "STARTED"));
    scene.output(0, "of no interest");
    assertThat(scene.outcome()).isNull();
    scene.reply(new JsonObject().put("tasks", 1));
    assertThat(scene.outcome()).isEqualTo(new Outcome.Answered(new JsonObject().put("tasks", 1)));
  }

  @Test
  void whatCameOfARunBelongsToItsOutcome() throws Exception {
    Scene scene = Scene.talking(RUN);
    RunResults results = new RunResults(List.of(), Optional.of("some"));
    scene.event(RunEventJson.encode(new RunEvent.Results(0, results)));
    scene.exit(1, 0);
    scene.runTask();
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(
            Outcome.Exited.class, how -> assertThat(how.results()).contains(results));
  }

  @Test
  void aRefusalIsTheEnd() {
    for (Request request : List.of(PING, RUN, ATTACH, LOGS)) {
      Scene scene = Scene.asked(request);
      scene.refuse(400, "no");
      assertThat(scene.outcome()).isEqualTo(new Outcome.Failed("no", 400));
      assertThat(scene.link.calls()).as("there is nothing to cancel").containsExactly("close");
    }
  }

  @Test
  void aRefusalWithoutACodeIsARefusal() {
    Scene scene = Scene.asked(RUN);
    scene.exchange.frame(new JsonObject().put("type", "err").put("message", "no"));
    assertThat(scene.outcome()).isEqualTo(new Outcome.Failed("no"));
  }

  @Test
  void aRunOfAnotherThatIsNotThereIsAnErrorAndNotAskedForAgain() {
    Scene scene = Scene.asked(ATTACH);
    scene.refuse(404, "the server knows no such run");
    assertThat(scene.outcome()).isEqualTo(new Outcome.Failed("the server knows no such run", 404));
  }

  @Test
  void aRefusalOfLogsThatHaveBegunSaysNothingOfAResult() {
    Scene scene = Scene.talking(LOGS);
    scene.refuse(500, "not now");
    assertThat(scene.outcome()).isEqualTo(new Outcome.Failed("not now"));
  }

  @Test
  void eventsMayComeBeforeTheAnswer() {
    Scene scene = Scene.asked(ATTACH);
    scene.output(0, "one");
    scene.accept("running", 0);
    scene.output(1, "two");
    scene.exchange.interrupt();
    assertThat(scene.outcome()).isEqualTo(new Outcome.Left(Scene.ID));
  }

  @Test
  void anAnswerToAnAttachMustSayWhatItBeginsWith() {
    Scene scene = Scene.asked(ATTACH);
    scene.reply(new JsonObject().put("id", "r1").put("state", "running"));
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            how -> assertThat(how.message()).startsWith("the server broke the protocol: from: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"message\",\"address\":7}",
        "{\"type\":\"message\",\"address\":\"tox.output.r1\",\"body\":{\"type\":\"heartbeat\"}}",
        "{\"type\":\"message\",\"address\":\"tox.output.r1\",\"body\":{\"type\":\"exit\",\"seq\":1,\"returncode\":0}}"
      })
  void whatBreaksTheProtocolIsTheEnd(String frame) {
    Scene scene = Scene.asked(RUN);
    scene.exchange.frame(new JsonObject(frame));
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            how -> assertThat(how.message()).startsWith("the server broke the protocol: "));
  }

  @Test
  void aRunThatWaitsIsToldOfAfterTwoSecondsAndNotBefore() {
    Scene scene = Scene.asked(RUN);
    scene.accept("queued", 0);
    scene.clock.advance(1_999);
    assertThat(scene.told()).isEmpty();
    scene.clock.advance(1);
    assertThat(scene.told()).isEqualTo("Command run is queued\n");
  }

  @Test
  void neitherARunThatHasItsTurnNorLogsNorAnExchangeThatHasEndedWait() {
    Scene running = Scene.talking(RUN);
    Scene logs = Scene.asked(LOGS);
    logs.accept("queued", 0);
    Scene ended = Scene.asked(RUN);
    ended.accept("queued", 0);
    ended.refuse(500, "no");
    for (Scene scene : List.of(running, logs, ended)) {
      scene.clock.advance(5_000);
      assertThat(scene.told()).isEmpty();
    }
  }
}
