package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.Peer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that was lost after the server was heard: it has to be there again in 4 s. */
class ReconnectTest {
  private static final JsonObject PONG = new JsonObject().put("type", "pong");
  private static final String CLOSED = "it was closed by the server";

  private Peer server;
  private Listening client;

  @BeforeEach
  void lose() throws Exception {
    server = new Peer();
    client = new Listening(ClientConfigs.at("127.0.0.1", server.port(), Optional.empty(), 4_000));
    client.starts();
    server.accept().send(PONG);
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.next()).isEqualTo("frame pong");
    server.hangUp();
    assertThat(client.next()).isEqualTo("lost: " + CLOSED);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void itIsMadeAgainAfterAMomentAndNothingIsToldOfAShortAbsence() throws Exception {
    client.does(client.link::reconnect);
    assertThat(client.untilNext(3)).isEqualTo(50);
    client.passes(50);
    server.accept();
    assertThat(client.next()).isEqualTo("connected");
    server.send(PONG);
    assertThat(client.next()).isEqualTo("frame pong");
    assertThat(client.clock.timers()).as("the next ping").isOne();
    client.passes(4_000);
    assertThat(client.isQuiet()).isTrue();
  }

  @Test
  void aLongAbsenceIsToldWithItsFirstReasonAndItsEnd() throws Exception {
    server.goAway();
    client.does(client.link::reconnect);
    failFiveTimes();
    assertThat(client.isQuiet()).isTrue();
    client.passes(450);
    assertThat(client.next()).isEqualTo("away: " + CLOSED);
    server.comeBack();
    client.passes(550);
    server.accept();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.isQuiet()).isTrue();
    server.send(PONG);
    assertThat(client.next()).isEqualTo("back");
    assertThat(client.next()).isEqualTo("frame pong");
  }

  @Test
  void whoIsNotReachedInTimeIsGivenUpForTheLastReason() throws Exception {
    server.goAway();
    client.does(client.link::reconnect);
    failFiveTimes();
    client.passes(450);
    assertThat(client.next()).startsWith("away: ");
    client.passes(550);
    assertThat(client.untilNext(2)).isEqualTo(1_000);
    client.passes(1_000);
    assertThat(client.untilNext(2)).as("until it is too late").isEqualTo(450);
    client.passes(449);
    assertThat(client.isQuiet()).isTrue();
    client.passes(1);
    assertThat(client.next()).startsWith("given up: Connection refused");
    server.comeBack();
    client.passes(60_000);
    client.does(() -> {});
    assertThat(client.isQuiet()).isTrue();
    assertThat(client.clock.timers()).isZero();
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsNotBack() throws Exception {
    client.does(client.link::reconnect);
    client.untilNext(3);
    client.passes(50);
    server.accept().hangUp();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.next()).isEqualTo("lost: " + CLOSED);
    client.does(client.link::reconnect);
    assertThat(client.untilNext(3)).as("the second pause of the same absence").isEqualTo(100);
    server.goAway();
    client.passes(100);
    assertThat(client.untilNext(3)).isEqualTo(200);
    client.passes(1_850);
    assertThat(client.next()).isEqualTo("away: " + CLOSED);
    client.passes(2_000);
    assertThat(client.next()).startsWith("given up: ");
  }

  @Test
  void eachAbsenceHasAllOfItsTimeAndItsOwnNotice() throws Exception {
    for (int n = 0; n < 2; n++) {
      server.goAway();
      client.does(client.link::reconnect);
      failFiveTimes();
      client.passes(450);
      assertThat(client.next()).startsWith("away: ");
      server.comeBack();
      client.passes(550);
      server.accept().send(PONG);
      assertThat(client.next()).isEqualTo("connected");
      assertThat(client.next()).isEqualTo("back");
      assertThat(client.next()).isEqualTo("frame pong");
      server.hangUp();
      assertThat(client.next()).isEqualTo("lost: " + CLOSED);
    }
  }

  @Test
  void whoClosesItMeanwhileIsToldNothingMore() throws Exception {
    server.goAway();
    client.does(client.link::reconnect);
    client.does(client.link::close);
    client.passes(60_000);
    client.does(() -> {});
    assertThat(client.isQuiet()).isTrue();
    assertThat(client.clock.timers()).isZero();
  }

  /** Attempts fail after 50, 150, 350, 750 and 1,550 ms; the next would be after 2,550. */
  private void failFiveTimes() throws Exception {
    for (long pause : new long[] {50, 100, 200, 400, 800}) {
      assertThat(client.untilNext(3)).isEqualTo(pause);
      client.passes(pause);
    }
    assertThat(client.untilNext(3)).as("until the notice").isEqualTo(450);
  }
}
