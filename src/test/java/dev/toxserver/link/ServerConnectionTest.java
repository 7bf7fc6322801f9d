package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.Peer;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A connection to a server, over real sockets: made, lost, made again, given up. */
class ServerConnectionTest {
  private static final JsonObject PONG = new JsonObject().put("type", "pong");
  private static final String CLOSED = "it was closed by the server";

  @Test
  void framesGoBothWaysAndTheFirstShowsTheToken() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      client.starts();
      server.accept();
      assertThat(client.next()).isEqualTo("connected");
      client.does(() -> client.link.send(Frames.register("tox.output.r1")));
      assertThat(Frames.tokenOf(server.next())).hasValue(ClientConfigs.TOKEN);
      server.send(PONG);
      assertThat(client.next()).isEqualTo("frame pong");
      RunEvent output = new RunEvent.Output(3, Stream.STDOUT, new byte[] {'x'});
      server.send(Frames.event(new RunId("r1"), RunEventJson.encode(output)).getBytes());
      assertThat(client.next()).isEqualTo("output 3");
    }
  }

  @Test
  void beforeThereIsAConnectionNothingIsSent() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      client.does(() -> client.link.send(PONG));
      client.starts();
      server.accept();
      client.next();
      client.does(() -> client.link.send(Frames.ping()));
      assertThat(server.next().getString("type")).isEqualTo("ping");
    }
  }

  @Test
  void theFirstConnectionIsTriedForEverWithLongerAndLongerPauses() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      server.goAway();
      client.starts();
      for (long pause : new long[] {50, 100, 200, 400, 800, 1_000, 1_000}) {
        assertThat(client.untilNext(1)).isEqualTo(pause);
        client.passes(pause);
      }
      client.untilNext(1);
      server.comeBack();
      client.passes(1_000);
      server.accept();
      assertThat(client.next()).isEqualTo("connected");
    }
  }

  @Test
  void thatItTakesAWhileIsToldOnceWithTheReason() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      server.goAway();
      client.starts();
      // The clock of this one notice is real: two seconds less the next pause.
      while (client.delays().isEmpty()) {
        client.passes(client.untilNext(1));
      }
      for (int n = 0; n < 3; n++) {
        client.passes(client.untilNext(1));
      }
      assertThat(client.delays()).singleElement().asString().startsWith("Connection refused");
    }
  }

  @Test
  void aHostWithoutAnAddressIsNotTriedAgain() throws Exception {
    try (Listening client = new Listening(ClientConfigs.at("no-such-host.invalid", 1))) {
      client.starts();
      assertThat(client.next())
          .isEqualTo("unreachable: the host no-such-host.invalid has no address: check -h, --host");
      assertThat(client.clock.timers()).isZero();
    }
  }

  @Test
  void aConnectionThatIsLostBeforeTheFirstWordIsMadeAgainAfterAPause() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      client.starts();
      server.accept().hangUp();
      assertThat(client.next()).isEqualTo("connected");
      assertThat(client.next()).isEqualTo("lost: " + CLOSED);
      client.does(client.link::connect);
      assertThat(client.untilNext(1)).isEqualTo(50);
      client.passes(50);
      server.accept();
      assertThat(client.next()).isEqualTo("connected");
    }
  }

  @Test
  void aServerThatHangsUpTwiceIsAskedWhetherItWantsTls() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      lostTwice(server, client);
      server.accept();
      assertThat(server.nextByte()).as("the type of a TLS handshake").isEqualTo(22);
      server.send((byte) 21);
      assertThat(client.next())
          .isEqualTo(
              "unreachable: 127.0.0.1:%d speaks TLS only: name the authority of its certificate with --tls-ca"
                  .formatted(server.port()));
    }
  }

  @Test
  void aServerThatHangsUpTwiceAndSpeaksNoTlsIsTriedAgain() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      lostTwice(server, client);
      server.accept().hangUp();
      assertThat(client.untilNext(2)).as("beside the probe's deadline").isEqualTo(100);
      client.passes(100);
      server.accept();
      assertThat(client.next()).isEqualTo("connected");
    }
  }

  @Test
  void aLinkThatWasClosedMeanwhileHearsNothingOfTls() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      lostTwice(server, client);
      server.accept();
      client.does(client.link::close);
      server.send((byte) 21);
      assertThat(server.nextByte()).isEqualTo(22);
      while (server.nextByte() >= 0) {
        // The rest of the question; then the probe has its answer and closes.
      }
      client.does(() -> {});
      assertThat(client.isQuiet()).isTrue();
    }
  }

  @Test
  void whatIsClosedWhileItConnectsConnectsNoMore() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      client.does(
          () -> {
            client.link.start(client);
            client.link.close();
          });
      server.accept();
      assertThat(server.nextByte()).isEqualTo(-1);
      assertThat(client.isQuiet()).isTrue();
      assertThat(client.clock.timers()).isZero();
    }
  }

  @Test
  void afterACloseNothingIsTriedAgainAndNothingTold() throws Exception {
    try (Peer server = new Peer();
        Listening client = new Listening(server.port())) {
      server.goAway();
      client.starts();
      client.untilNext(1);
      client.does(client.link::close);
      server.comeBack();
      client.passes(60_000);
      client.does(() -> {});
      assertThat(client.clock.timers()).isZero();
      assertThat(client.isQuiet()).isTrue();
    }
  }

  @Test
  void aPausedLinkIsNotLostAndReadsAgainWhenItIsResumed() throws Exception {
    try (Peer server = new Peer();
        Listening client =
            new Listening(
                ClientConfigs.at("127.0.0.1", server.port(), Optional.of(3_600.0), 4_000))) {
      client.starts();
      server.accept();
      client.next();
      client.does(client.link::pause);
      client.passes(60_000);
      assertThat(client.isQuiet()).as("a silence that means nothing").isTrue();
      server.send(PONG);
      client.does(client.link::resume);
      assertThat(client.next()).isEqualTo("frame pong");
    }
  }

  @Test
  void aServerThatStaysAwayForLongerThanTheUserAcceptsTimesOut() throws Exception {
    try (Peer server = new Peer();
        Listening client =
            new Listening(ClientConfigs.at("127.0.0.1", server.port(), Optional.of(0.05), 4_000))) {
      server.goAway();
      client.starts();
      while (client.isQuiet()) {
        client.passes(1);
      }
      assertThat(client.next()).isEqualTo("timed out");
    }
  }

  private static void lostTwice(Peer server, Listening client) throws Exception {
    client.starts();
    for (int n = 1; n <= 2; n++) {
      server.accept().hangUp();
      await("connected", client);
      await("lost: " + CLOSED, client);
      client.does(client.link::connect);
      if (n == 1) {
        client.untilNext(1);
        client.passes(50);
      }
    }
  }

  private static void await(String event, Listening client) throws InterruptedException {
    assertThat(client.next()).isEqualTo(event);
  }
}
