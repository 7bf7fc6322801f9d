package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of those whom the gate turns away, and what the log says of them. */
@ExtendWith(VertxExtension.class)
class GateTest {
  private final RefusalsLog log = new RefusalsLog();
  private final FakeWire wire = new FakeWire();
  private Gate gate;
  private Connection connection;
  private FrameGuard guard;

  @BeforeEach
  void open(Vertx vertx) {
    open(vertx, Optional.empty());
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void whoSendsABrokenFrameIsToldWhatIsWrongAndSoIsTheLog() {
    guard.handle(Frames.encode(new JsonObject().put("type", 5)));
    assertThat(wire.frames())
        .singleElement()
        .satisfies(frame -> assertThat(frame.getString("message")).startsWith("type: "));
    assertThat(connection.isClosed()).isTrue();
    assertThat(log.lines())
        .containsExactly(
            "c1 from the socket is disconnected:"
                + " it sent a broken frame: type: is missing or no string");
  }

  @Test
  void whoSpeaksAnotherProtocolIsToldNothing() {
    guard.handle(Buffer.buffer("GET / HTTP/1.1\r\n"));
    assertThat(wire.frames()).isEmpty();
    assertThat(wire.wasEvicted()).isTrue();
    assertThat(log.lines())
        .containsExactly("c1 from the socket is disconnected: it speaks another protocol");
  }

  @Test
  void whoShowsNoTokenIsToldHowAndIsLetInNoMore(Vertx vertx) {
    open(vertx, Optional.of(new Token("open-sesame-0123456")));
    guard.handle(Frames.encode(new JsonObject().put("type", "send").put("address", "tox.quit")));
    assertThat(wire.frames())
        .singleElement()
        .satisfies(frame -> assertThat(frame.getInteger("failureCode")).isEqualTo(401));
    assertThat(connection.isClosed()).isTrue();
    assertThat(log.lines())
        .containsExactly("c1 from the socket is disconnected: it showed no token");
  }

  @Test
  void whoLeavesTooMuchUnreadIsCutOff() {
    Buffer frame = Buffer.buffer(new byte[1024 * 1024]);
    connection.answer(frame);
    assertThat(wire.wasEvicted()).isFalse();
    wire.stick();
    long most = Runtime.getRuntime().maxMemory() / 8 / frame.length();
    for (long n = 0; n < most; n++) {
      connection.answer(frame);
    }
    assertThat(wire.wasEvicted()).isFalse();
    connection.answer(frame);
    assertThat(wire.wasEvicted()).isTrue();
    assertThat(log.lines())
        .containsExactly("c1 from the socket is disconnected: it left too much unread");
  }

  @Test
  void whoIsOneTooManyIsRefusedAtOnce() {
    for (int n = 1; n < TestConfig.LIMITS.connections(); n++) {
      assertThat(gate.open(new FakeWire())).isPresent();
    }
    FakeWire tooMany = new FakeWire();
    assertThat(gate.open(tooMany)).isEmpty();
    assertThat(tooMany.wasEvicted()).isTrue();
    assertThat(log.lines()).containsExactly("the socket is refused: more than 20 connections");

    assertThat(gate.open(new FakeWire())).isEmpty();
    gate.close();
    assertThat(log.lines())
        .last()
        .isEqualTo("1 more from the socket in 10 s: more than 20 connections");
  }

  private void open(Vertx vertx, Optional<Token> token) {
    gate = new Gate(vertx, TestConfig.server(token, 1, 1), new Connections());
    connection = gate.open(wire).orElseThrow();
    guard = new FrameGuard(connection, gate, frame -> {});
  }
}
