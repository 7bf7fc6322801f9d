package dev.toxserver.client;

import static dev.toxserver.client.Scene.RUN;
import static dev.toxserver.client.Scene.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose a run is, and what follows from that. */
class ClaimTest {
  private static final Request TAKE =
      new Request.Attach(Scene.ID, Optional.of(0L), true, Role.TAKER, 0);
  private static final String CANCEL = "send tox.cancel {\"id\":\"r1\"}, reply to cancel-reply";

  @Test
  void aRunThatAnotherHasTakenIsLeftAloneAndNotCancelled() {
    Scene scene = taken();
    assertThat(scene.told()).startsWith("Another client has taken the run over");
    scene.exchange.interrupt();
    assertThat(scene.outcome()).isEqualTo(new Outcome.Left(Scene.ID));
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void norIsItWhenTheClientHasToGo() {
    Scene scene = taken();
    scene.exchange.leave(TERMINATED);
    assertThat(scene.outcome()).isEqualTo(TERMINATED);
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void overTheNextConnectionItIsOnlyWatched() {
    Scene scene = taken();
    scene.exchange.lost("gone");
    scene.exchange.connected();
    assertThat(scene.link.calls())
        .containsExactly(
            "reconnect",
            "send tox.attach {\"id\":\"r1\",\"follow\":true,\"from\":0}, reply to reply");
  }

  @Test
  void aRunThatWasTakenIsTheTakersToCancel() {
    Scene scene = took();
    scene.exchange.interrupt();
    assertThat(scene.link.calls()).containsExactly(CANCEL);
  }

  @Test
  void andEndsWithTheTaker() {
    Scene scene = took();
    scene.exchange.leave(TERMINATED);
    assertThat(scene.link.calls()).containsExactly(CANCEL, "resume");
  }

  @Test
  void theTakerClaimsItsHoldOverTheNextConnection() {
    Scene scene = took();
    scene.exchange.lost("gone");
    scene.exchange.connected();
    assertThat(scene.link.calls().get(1))
        .contains("\"requester\":true,\"hold\":2")
        .doesNotContain("take");
  }

  @Test
  void whoTakesARunThatIsOverReadsIt() {
    Scene scene = Scene.asked(TAKE);
    scene.accept("passed", 0);
    scene.exchange.interrupt();
    assertThat(scene.outcome()).isEqualTo(new Outcome.Left(Scene.ID));
  }

  private static Scene taken() {
    Scene scene = Scene.talking(RUN);
    scene.event(new JsonObject().put("type", "taken"));
    return scene;
  }

  private static Scene took() {
    Scene scene = Scene.asked(TAKE);
    scene.reply(
        new JsonObject().put("id", "r1").put("state", "running").put("from", 0).put("hold", 2));
    return scene;
  }
}
