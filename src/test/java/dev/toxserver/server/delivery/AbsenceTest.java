package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.FakeWire;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that go, and who is waited for. */
@ExtendWith(VertxExtension.class)
class AbsenceTest {
  private static final RunId RUN = new RunId("a");

  private final Connections connections = new Connections();
  private final FakeWire wire = new FakeWire();
  private final Connection connection = wire.connectTo(connections);
  private final Connection other = new FakeWire().connectTo(connections);
  private final BlockingQueue<Requester> givenUp = new LinkedBlockingQueue<>();

  @Test
  void whoAskedForARunIsWaitedForAndNobodyElse(Vertx vertx) {
    Requester requester = new Requester(RUN, Optional.of(connection), false);
    Presence presence = presence(vertx, requester, 60_000);

    presence.lost(other);
    assertThat(presence.isAnyoneAway()).isFalse();
    assertThat(requester.isAway()).isFalse();

    presence.lost(connection);
    assertThat(presence.isAnyoneAway()).isTrue();
    assertThat(requester.isAway()).isTrue();
    assertThat(givenUp).isEmpty();
  }

  @Test
  void whoIsBackIsWaitedForNoMore(Vertx vertx) {
    Requester requester = new Requester(RUN, Optional.of(connection), false);
    Presence presence = presence(vertx, requester, 60_000);
    presence.lost(connection);

    presence.back(requester, other);
    assertThat(presence.isAnyoneAway()).isFalse();
    assertThat(requester.isAway()).isFalse();
    assertThat(requester.connection()).contains(other);
  }

  @Test
  void whoIsBackByAnotherConnectionIsCutOffFromTheOld(Vertx vertx) {
    Requester requester = new Requester(RUN, Optional.of(connection), false);
    Presence presence = presence(vertx, requester, 60_000);

    presence.back(requester, connection);
    assertThat(wire.wasEvicted()).isFalse();
    presence.back(requester, other);
    assertThat(wire.wasEvicted()).isTrue();
  }

  @Test
  void whoComesBackBehindTheEndOfItsRunIsWaitedForNoMore(Vertx vertx) {
    Presence presence = presence(vertx, new Requester(RUN, Optional.of(connection), false), 60_000);
    presence.lost(connection);

    presence.seen(new RunId("b"));
    assertThat(presence.isAnyoneAway()).isTrue();
    presence.seen(RUN);
    assertThat(presence.isAnyoneAway()).isFalse();
  }

  @Test
  void nobodyIsWaitedForWhoseRunGoesOnWithoutThemOrWasAskedToEnd(Vertx vertx) throws Exception {
    Requester requester = new Requester(RUN, Optional.of(connection), false);
    requester.dispensable();
    Presence presence = presence(vertx, requester, 60_000);
    presence.lost(connection);
    assertThat(presence.isAnyoneAway()).isFalse();
    assertThat(givenUp.take()).isSameAs(requester);

    Requester detached = new Requester(RUN, Optional.of(connection), true);
    presence(vertx, detached, 60_000).lost(connection);
    assertThat(givenUp.take()).isSameAs(detached);
    assertThat(detached.isAway()).isFalse();
  }

  @Test
  void whoStaysAwayIsGivenUp(Vertx vertx) throws Exception {
    Requester requester = new Requester(RUN, Optional.of(connection), false);
    Presence presence = presence(vertx, requester, 1);
    // Where its timer fires, too.
    vertx.runOnContext(here -> presence.lost(connection));

    assertThat(givenUp.poll(30, TimeUnit.SECONDS)).isSameAs(requester);
    assertThat(presence.isAnyoneAway()).isFalse();
    assertThat(requester.isAway()).isFalse();
  }

  private Presence presence(Vertx vertx, Requester requester, long graceMillis) {
    return new Presence(
        vertx,
        new ServerConfig.Patience(60_000, 60_000, graceMillis),
        () -> List.of(requester),
        givenUp::add);
  }
}
