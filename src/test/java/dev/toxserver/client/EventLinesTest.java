package dev.toxserver.client;

import static dev.toxserver.client.Scene.ATTACH;
import static dev.toxserver.client.Scene.RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** A run that is told to a program: what the server says of it, a line each, and nothing else. */
class EventLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void theAnswerAndEachEventIsALineAsTheServerHasSentIt() throws Exception {
    Scene scene = asked(RUN);
    scene.reply(new JsonObject("{\"id\":\"r1\",\"state\":\"running\",\"position\":0}"));
    scene.output(0, "a b\n");
    scene.exchange.output(
        new OutputFrame(Scene.ID, new RunEvent.Output(1, Stream.STDERR, "err".getBytes(UTF_8))));
    scene.event(new JsonObject("{\"seq\":2,\"type\":\"of a later server\",\"new\":[1]}"));
    scene.exit(3, 7);
    scene.runTask();
    assertThat(scene.told()).as("nothing of the run's output").isEmpty();
    assertThat(out)
        .hasToString(
            """
            {"type":"accepted","version":1,"id":"r1","state":"running","position":0}
            {"seq":0,"type":"output","stream":"stdout","data":"YSBiCg=="}
            {"seq":1,"type":"output","stream":"stderr","data":"ZXJy"}
            {"seq":2,"type":"of a later server","new":[1]}
            {"seq":3,"type":"exit","returncode":7,"cancelled":false}
            """);
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(
            Outcome.Exited.class, how -> assertThat(how.exit().returncode()).isEqualTo(7));
  }

  @Test
  void whatIsSaidToTheUserIsStillSaid() {
    Scene scene = asked(RUN);
    scene.event(new JsonObject("{\"type\":\"notice\",\"message\":\"careful\"}"));
    scene.event(new JsonObject("{\"type\":\"hole\",\"from\":0,\"to\":2}"));
    assertThat(scene.told()).contains("tox-server: careful\n", "output is missing here");
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "{\"type\":\"notice\",\"message\":\"careful\"}",
            "{\"type\":\"hole\",\"from\":0,\"to\":2}");
  }

  @Test
  void whereARunIsComeBackToIsSaidAndNoEventComesTwice() {
    Scene scene = asked(ATTACH);
    scene.accept("running", 0);
    scene.output(0, "a");
    scene.exchange.lost("gone");
    scene.exchange.connected();
    scene.accept("running", 1);
    scene.output(0, "a");
    scene.told();
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "{\"type\":\"attached\",\"version\":1,\"id\":\"r1\",\"state\":\"running\",\"from\":0}",
            "{\"seq\":0,\"type\":\"output\",\"stream\":\"stdout\",\"data\":\"YQ==\"}",
            "{\"type\":\"attached\",\"version\":1,\"id\":\"r1\",\"state\":\"running\",\"from\":1}");
    assertThat(scene.outcome()).as("an event that came twice").isInstanceOf(Outcome.Failed.class);
  }

  private Scene asked(Request request) {
    Scene scene = new Scene(request, out).tellEvents();
    scene.exchange.connected();
    return scene;
  }
}
