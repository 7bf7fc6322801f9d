package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OnContext;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that send too much at once, or too much for what they read. */
@ExtendWith(VertxExtension.class)
class FloodTest {
  private static final String TOKEN = "open-sesame-0123456";
  private static final Buffer PING = Frames.encode(Frames.ping());

  private final Connections connections = new Connections();
  private final FakeWire wire = new FakeWire();
  private final List<JsonObject> passed = new ArrayList<>();
  private Context context;
  private FrameGuard guard;

  @BeforeEach
  void connect(Vertx vertx) throws Exception {
    context = vertx.getOrCreateContext();
    guard = guard(vertx, Optional.empty());
  }

  @Test
  void whoReadsNothingIsCutOffAtOneFrameMoreThanTheMost() throws Exception {
    wire.fill();
    pings(FrameGuard.MAX_UNANSWERED);
    assertThat(wire.wasEvicted()).isFalse();
    pings(1);
    assertThat(wire.wasEvicted()).isTrue();
    assertThat(passed).hasSize(FrameGuard.MAX_UNANSWERED);
    pings(1);
    assertThat(passed).as("after it was cut off").hasSize(FrameGuard.MAX_UNANSWERED);
  }

  @Test
  void whoReadsNothingIsCutOffAtFewerFramesIfTheyAreLong() throws Exception {
    wire.fill();
    Buffer longest = padded(FrameGuard.MAX_FRAME_BYTES);
    for (int n = 0; n < 4; n++) {
      send(longest);
    }
    assertThat(wire.wasEvicted()).isFalse();
    assertThat(passed).hasSize(4);
    send(longest);
    assertThat(wire.wasEvicted()).isTrue();
    assertThat(passed).hasSize(4);
  }

  @Test
  void whoHasReadInBetweenMaySendAsMuchAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      wire.fill();
      pings(FrameGuard.MAX_UNANSWERED);
      on(
          () -> {
            wire.drain();
            return null;
          });
      pings(1);
    }
    assertThat(wire.wasEvicted()).isFalse();
    assertThat(passed).hasSize(3 * (FrameGuard.MAX_UNANSWERED + 1));
  }

  @Test
  void whoSendsMoreThanATurnTakesInIsNotListenedToUntilItsTurn() throws Exception {
    Buffer half = padded(Intake.BYTES_A_TURN / 2 + 1);
    on(
        () -> {
          guard.handle(half);
          assertThat(wire.isPaused()).isFalse();
          guard.handle(PING);
          assertThat(wire.isPaused()).isTrue();
          assertThat(passed).hasSize(1);
          return null;
        });
    assertThat(on(wire::isPaused)).isFalse();
    assertThat(passed).hasSize(2);
  }

  /** It may have come back by another, by which it sends the same once more. */
  @Test
  void whatStillWaitsWhenARunnersConnectionIsCutOffIsNotTakenIn(Vertx vertx) throws Exception {
    Gate gate = gate(vertx);
    FakeWire old = new FakeWire();
    old.closeLate();
    on(
        () -> {
          Connection connection = gate.open(old).orElseThrow();
          guard = new FrameGuard(connection, gate, passed::add);
          connection.admitAsRunner();
          connection.joined(new NothingToTake());
          guard.handle(padded(Intake.BYTES_A_TURN / 2 + 1));
          guard.handle(PING);
          connection.evict();
          return null;
        });
    on(() -> null);
    assertThat(passed).hasSize(1);
  }

  @Test
  void theFirstFrameOfAStrangerMayBeShorterOnlyThanThoseOfWhoShowedTheToken(Vertx vertx)
      throws Exception {
    guard = guard(vertx, Optional.of(new Token(TOKEN)));
    send(Frames.encode(Frames.withToken(Frames.ping(), TOKEN)));
    send(padded(FrameGuard.MAX_FRAME_BYTES));
    assertThat(passed).hasSize(2);

    FakeWire stranger = new FakeWire();
    Connection connection = on(() -> gate(vertx).open(stranger).orElseThrow());
    guard = new FrameGuard(connection, gate(vertx), passed::add);
    send(padded(FrameGuard.MAX_FIRST_FRAME_BYTES + 1));
    assertThat(stranger.frames().get(0).getString("message")).contains("1 to 262144 fit");
    assertThat(connection.isClosed()).isTrue();
    assertThat(passed).hasSize(2);
  }

  @Test
  void ofThoseWhoHaveNotShownTheTokenThereMayBeFewerAtOnce(Vertx vertx) {
    Gate gate = gate(vertx);
    List<Connection> strangers = new ArrayList<>();
    for (int n = 0; n < TestConfig.LIMITS.unauthenticated(); n++) {
      strangers.add(gate.open(new FakeWire()).orElseThrow());
    }
    assertThat(gate.open(new FakeWire())).isEmpty();

    JsonObject ping = Frames.withToken(Frames.ping(), TOKEN);
    assertThat(gate.objection(strangers.get(0), ping)).isEmpty();
    assertThat(gate.open(new FakeWire())).isPresent();
  }

  private FrameGuard guard(Vertx vertx, Optional<Token> token) throws Exception {
    Gate gate = new Gate(vertx, TestConfig.server(token, 1, 1), connections);
    return on(() -> new FrameGuard(gate.open(wire).orElseThrow(), gate, passed::add));
  }

  private static Gate gate(Vertx vertx) {
    return new Gate(
        vertx, TestConfig.server(Optional.of(new Token(TOKEN)), 1, 1), new Connections());
  }

  /** A ping in a frame of so many bytes of JSON. */
  private static Buffer padded(int bytes) {
    String ping = Frames.ping().encode();
    return Frames.withLength(Buffer.buffer(ping + " ".repeat(bytes - ping.length())));
  }

  private void pings(int count) throws Exception {
    Buffer all = Buffer.buffer();
    for (int n = 0; n < count; n++) {
      all.appendBuffer(PING);
    }
    send(all);
  }

  /** Has the guard take bytes in; waits for the next turn. */
  private void send(Buffer bytes) throws Exception {
    on(
        () -> {
          guard.handle(bytes);
          return null;
        });
    on(() -> null);
  }

  private <T> T on(Callable<T> action) throws Exception {
    return OnContext.call(context, action);
  }

  private static final class NothingToTake implements RunnerFrames {
    @Override
    public boolean takeOutput(Buffer payload) {
      return false;
    }

    @Override
    public void take(JsonObject frame) {}
  }
}
