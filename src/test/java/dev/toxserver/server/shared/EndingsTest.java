package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.Future;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private static final Fact.Asked ASKED = TestFacts.asked("a");
  private static final Life LIFE = ASKED.life();

  private final Bucket bucket = new Bucket();
  private final Bucket.Mirror mirror = bucket.mirror(null);
  private boolean stillInNats;
  private final Endings endings =
      new Endings(
          null,
          mirror.facts(),
          "h1",
          null,
          life -> Future.succeededFuture(stillInNats && life.equals(LIFE)));

  @Test
  void whoAsksAgainForARunThatIsForgottenIsToldThatItHasEnded() {
    bucket.write(ASKED);
    bucket.write(TestFacts.placed(LIFE, 1, "r1"));
    bucket.write(TestFacts.ended(LIFE, 1, 0));
    mirror.facts().forget(LIFE.run());

    assertThat(ended().result()).isEqualTo(new HubReply.Done());
  }

  @Test
  void ofARunThatIsNotKnownYetNothingIsSaid() {
    stillInNats = true;

    assertThat(ended().failed()).isTrue();
  }

  @Test
  void thatAnEarlierRunHadTheSameIdSaysNothingOfOneThatIsNotKnownYet() {
    stillInNats = true;
    bucket.write(TestFacts.asked(new Life(LIFE.run(), 0), ASKED.request().invocation(), false));

    assertThat(ended().failed()).isTrue();
  }

  @Test
  void aRunWhoseIdWasTakenAgainHasEnded() {
    stillInNats = true;
    bucket.write(TestFacts.asked(new Life(LIFE.run(), 2), ASKED.request().invocation(), false));

    assertThat(ended().result()).isEqualTo(new HubReply.Done());
  }

  private Future<HubReply> ended() {
    return endings.ended(
        new RunnerRequest.Ended(
            new RunnerName("r1"),
            LIFE,
            "p1",
            2,
            TestFacts.exit(4, 0),
            Optional.empty(),
            Optional.empty()));
  }
}
