package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.Peer;
import dev.toxserver.config.HostPort;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that was given two servers: which one it reaches, and when there is none. */
class SeveralServersTest {
  private static final JsonObject PONG = new JsonObject().put("type", "pong");
  private static final String CLOSED = "it was closed by the server";

  private Peer one;
  private Peer two;
  private Listening client;

  @BeforeEach
  void listen() throws Exception {
    one = new Peer();
    two = new Peer();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    one.close();
    two.close();
  }

  @Test
  void theFirstThatIsThereIsTakenWithoutAPause() throws Exception {
    one.goAway();
    start("127.0.0.1", "127.0.0.1");
    two.accept();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.link.oneOfSeveral()).hasValue(address(two));
  }

  @Test
  void thePauseComesAfterEachRoundAndDoublesThen() throws Exception {
    one.goAway();
    two.goAway();
    start("127.0.0.1", "127.0.0.1");
    for (long pause : new long[] {50, 100, 200, 400}) {
      assertThat(client.untilNext(1)).isEqualTo(pause);
      client.passes(pause);
    }
    client.untilNext(1);
    two.comeBack();
    client.passes(800);
    two.accept();
    assertThat(client.next()).isEqualTo("connected");
  }

  @Test
  void aLostConnectionIsMadeAgainWithTheSameServerBeforeAnother() throws Exception {
    hearTheSecond();
    two.hangUp();
    assertThat(client.next()).isEqualTo("lost: " + CLOSED);
    one.comeBack();
    client.does(client.link::reconnect);
    client.untilNext(3);
    client.passes(50);
    two.accept().send(PONG);
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.next()).isEqualTo("frame pong");
    two.goAway();
    two.hangUp();
    assertThat(client.next()).isEqualTo("lost: " + CLOSED);
    client.does(client.link::reconnect);
    client.untilNext(3);
    client.passes(50);
    one.accept();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.link.oneOfSeveral()).hasValue(address(one));
  }

  @Test
  void whereOneHasFallenSilentAnotherIsTriedFirst() throws Exception {
    hearTheSecond();
    one.comeBack();
    for (long pause : new long[] {5_000, 5_000, 5_000, 1_000}) {
      client.passes(pause);
    }
    assertThat(client.next()).isEqualTo("lost: nothing was heard for 15 s");
    client.does(client.link::reconnect);
    client.untilNext(3);
    client.passes(50);
    one.accept();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.link.oneOfSeveral()).hasValue(address(one));
  }

  @Test
  void aServerThatAcceptsAndHangsUpIsPassedOver() throws Exception {
    start("127.0.0.1", "127.0.0.1");
    one.accept().hangUp();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.next()).isEqualTo("lost: " + CLOSED);
    client.does(client.link::connect);
    two.accept();
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.link.oneOfSeveral()).hasValue(address(two));
  }

  @Test
  void whoIsGivenUpIsAllOfThemAndTheReasonNamesOne() throws Exception {
    hearTheSecond();
    two.goAway();
    two.hangUp();
    client.next();
    client.does(client.link::reconnect);
    String event = null;
    while (event == null || event.startsWith("away")) {
      client.passes(client.untilNext(event == null ? 3 : 2));
      event = client.isQuiet() ? event : client.next();
    }
    assertThat(event).startsWith("given up: 127.0.0.1:").contains(": Connection refused");
  }

  @Test
  void aHostWithoutAnAddressIsPassedOver() throws Exception {
    start("no-such-host.invalid", "127.0.0.1");
    two.accept();
    assertThat(client.next()).isEqualTo("connected");
  }

  @Test
  void nothingIsHopelessBeforeEachOfThemIs() throws Exception {
    two.goAway();
    start("no-such-host.invalid", "127.0.0.1");
    for (long pause : new long[] {50, 100, 200}) {
      assertThat(client.untilNext(1)).isEqualTo(pause);
      client.passes(pause);
    }
  }

  @Test
  void whereEachIsHopelessAllIsTold() throws Exception {
    start("no-such-host.invalid", "nor-this.invalid");
    assertThat(client.next())
        .isEqualTo(
            "unreachable: the host no-such-host.invalid has no address: check -h, --host; the"
                + " host nor-this.invalid has no address: check -h, --host");
  }

  private void hearTheSecond() throws Exception {
    one.goAway();
    start("127.0.0.1", "127.0.0.1");
    two.accept().send(PONG);
    assertThat(client.next()).isEqualTo("connected");
    assertThat(client.next()).isEqualTo("frame pong");
  }

  private void start(String first, String second) throws Exception {
    List<HostPort> servers =
        List.of(new HostPort(first, one.port()), new HostPort(second, two.port()));
    client = new Listening(ClientConfigs.at(servers, Optional.empty(), 4_000));
    client.starts();
  }

  private static String address(Peer peer) {
    return "127.0.0.1:" + peer.port();
  }
}
