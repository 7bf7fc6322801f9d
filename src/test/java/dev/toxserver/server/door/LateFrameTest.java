package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Frames that are taken in a later turn, when their connection has closed. */
@ExtendWith(VertxExtension.class)
class LateFrameTest {
  private static final RunId RUN = new RunId("run-1");

  private final FakeWire wire = new FakeWire();
  private final Connections connections = new Connections();
  private final Connection connection = wire.connectTo(connections);

  @Test
  void aRunnerDoesNotJoinByAConnectionThatHasClosed(Vertx vertx) {
    Gate gate = gate(vertx);
    gate.onJoin(
        (joining, frame) -> {
          throw new AssertionError("joined by a connection that has closed");
        });
    connection.admitAsRunner();
    wire.close();

    assertThat(new FrameRules(connection, gate).admit(frame("send", Addresses.JOIN))).isEmpty();
  }

  @Test
  void aConnectionThatHasClosedIsNotCountedAsAReader(Vertx vertx) {
    wire.close();

    assertThat(
            new FrameRules(connection, gate(vertx)).admit(frame("register", Addresses.output(RUN))))
        .isEmpty();
    assertThat(connection.subscriptions().size()).isZero();
  }

  private Gate gate(Vertx vertx) {
    return new Gate(vertx, TestConfig.server(Optional.empty(), 1, 1), connections);
  }

  private static JsonObject frame(String type, String address) {
    return new JsonObject().put("type", type).put("address", address);
  }
}
