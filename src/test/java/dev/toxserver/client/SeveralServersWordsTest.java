package dev.toxserver.client;

import static dev.toxserver.client.Scene.PING;
import static dev.toxserver.client.Scene.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of several servers, the client names the one that is meant. */
class SeveralServersWordsTest {
  @Test
  void aServerThatDoesNotHaveAnothersRunIsToldFromOneThatForgotIts() {
    Scene scene = talkingTo("a:1");
    scene.exchange.lost("cut");
    scene.link.reached = Optional.of("b:2");
    scene.exchange.connected();
    scene.refuse(404, "id: the server knows no such run");
    assertThat(scene.outcome().why())
        .hasValue(
            "the run's result is unknown: b:2 does not know the run, which a:1 had: they do not"
                + " share their runs");

    scene = talkingTo("a:1");
    scene.exchange.lost("cut");
    scene.exchange.connected();
    scene.refuse(404, "id: the server knows no such run");
    assertThat(scene.outcome().why()).get().asString().contains("was it restarted?");
  }

  @Test
  void aRefusalNamesWhoRefuses() {
    Scene scene = Scene.asked(PING);
    scene.link.reached = Optional.of("b:2");
    scene.refuse(401, "another token is wanted");
    assertThat(scene.outcome().why()).hasValue("b:2: another token is wanted");
  }

  @Test
  void anAbsenceNamesWhoIsLostAndItsEndWhoIsThere() {
    Scene scene = talkingTo("a:1");
    scene.exchange.lost("cut");
    scene.exchange.away("cut");
    scene.link.reached = Optional.of("b:2");
    scene.exchange.back();
    assertThat(scene.told())
        .isEqualTo(
            "The connection to a:1 was lost (cut). Reconnecting… ^C to give up.\n"
                + "Connected again, to b:2.\n");
  }

  private static Scene talkingTo(String address) {
    Scene scene = Scene.asked(RUN);
    scene.link.reached = Optional.of(address);
    scene.accept("running", 0);
    return scene;
  }
}
