package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.config.Token;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server whose guard does not stand before its bridge never listens. */
@ExtendWith(VertxExtension.class)
class GuardVerifyTest {
  private final Connections connections = new Connections();

  @Test
  void aBridgeThatWasGivenTheGuardedVertxIsBehindTheGuard(Vertx vertx) {
    Guard guard = guard(vertx, Optional.empty());
    TcpEventBusBridge.create(guard.before(vertx));
    assertThatCode(guard::verify).doesNotThrowAnyException();
    assertThat(connections.size()).as("the probe leaves nothing").isZero();
  }

  @Test
  void aBridgeThatWantsATokenIsBehindTheGuardToo(Vertx vertx) {
    Guard guard = guard(vertx, Optional.of(new Token("x".repeat(64))));
    TcpEventBusBridge.create(guard.before(vertx));
    assertThatCode(guard::verify).doesNotThrowAnyException();
  }

  @Test
  void aBridgeThatWentRoundTheGuardIsFoundOut(Vertx vertx) {
    Guard guard = guard(vertx, Optional.empty());
    TcpEventBusBridge.create(vertx);
    assertThatThrownBy(guard::verify)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not safe to run");
  }

  private Guard guard(Vertx vertx, Optional<Token> token) {
    return new Guard(new Gate(vertx, TestConfig.server(token, 1, 1), connections));
  }
}
