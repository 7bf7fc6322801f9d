package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import dev.toxserver.server.tokens.Rights;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final RunId RUN = new RunId("run-1");

  private final Connections connections = new Connections();
  private final FakeWire wire = new FakeWire();
  private final FakeWire otherWire = new FakeWire();
  private final Connection connection = connections.open(wire);
  private final Connection other = connections.open(otherWire);

  @Test
  void eachConnectionHasANameOfItsOwn() {
    assertThat(connection.name()).isNotEqualTo(other.name());
  }

  @Test
  void aSubscriptionCountsOnceAndCanBeGivenUp() {
    assertThat(connection.subscriptions().register(RUN)).isTrue();
    assertThat(connection.subscriptions().register(RUN)).isFalse();
    assertThat(connection.subscriptions().isRegistered(RUN)).isTrue();
    assertThat(other.subscriptions().isRegistered(RUN)).isFalse();

    connection.subscriptions().end(RUN);
    assertThat(connection.subscriptions().isRegistered(RUN)).isFalse();
  }

  @Test
  void onlyWhoReadsTheRunAndIsFullIsCutOff() {
    FakeWire readsAnother = new FakeWire();
    connections.open(readsAnother).subscriptions().register(new RunId("run-2"));
    connection.subscriptions().register(RUN);
    other.subscriptions().register(RUN);
    wire.fill();
    readsAnother.fill();

    connections.cutOffFull(RUN);

    assertThat(wire.wasEvicted()).isTrue();
    assertThat(otherWire.wasEvicted()).isFalse();
    assertThat(readsAnother.wasEvicted()).isFalse();
  }

  @Test
  void whenAllTogetherReadTooManyEachMayStillReadAFew() {
    List<FakeWire> wires = new ArrayList<>();
    for (int total = 0; total < Connections.MAX_SUBSCRIPTIONS; ) {
      FakeWire greedy = new FakeWire();
      wires.add(greedy);
      Connection reader = connections.open(greedy);
      for (int n = 0; n < Connections.MAX_SUBSCRIPTIONS_OF_ONE; n++, total++) {
        assertThat(reader.subscriptions().mayGrow()).isTrue();
        reader.subscriptions().register(new RunId("run-" + n));
      }
      assertThat(reader.subscriptions().mayGrow()).isFalse();
    }

    for (int n = 0; n < Connections.FEW; n++) {
      assertThat(other.subscriptions().mayGrow()).isTrue();
      other.subscriptions().follow(new RunId("run-" + n), () -> {});
    }
    assertThat(other.subscriptions().mayGrow()).isFalse();

    wires.get(0).close();
    assertThat(other.subscriptions().mayGrow()).isTrue();
  }

  @Test
  void onlyAReaderThatListensToTheRunCanBeItsFullOne() {
    wire.fill();
    otherWire.fill();
    assertThat(connections.firstFull(RUN)).isEmpty();

    other.subscriptions().register(RUN);
    assertThat(connections.firstFull(RUN)).contains(other);
    assertThat(connections.firstFull(new RunId("run-2"))).isEmpty();

    otherWire.drain();
    assertThat(connections.firstFull(RUN)).isEmpty();
  }

  @Test
  void whoWaitsForAFullReaderIsCalledOnceWhenItTakesMore() {
    AtomicInteger calls = new AtomicInteger();
    wire.fill();
    connection.onWritable(calls::incrementAndGet);
    assertThat(calls).hasValue(0);

    wire.drain();
    wire.drain();
    assertThat(calls).hasValue(1);
  }

  @Test
  void whoWaitsAgainWithinTheCallIsKeptForTheNext() {
    AtomicInteger calls = new AtomicInteger();
    connection.onWritable(() -> connection.onWritable(calls::incrementAndGet));

    wire.drain();
    assertThat(calls).hasValue(0);
    wire.drain();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aReaderThatHasGoneHoldsUpNobody() {
    AtomicInteger calls = new AtomicInteger();
    connection.subscriptions().register(RUN);
    wire.fill();
    connection.onWritable(calls::incrementAndGet);

    wire.close();

    assertThat(calls).hasValue(1);
    assertThat(connection.isFull()).isFalse();
    assertThat(connections.firstFull(RUN)).isEmpty();
  }

  @Test
  void theListenerIsToldWhichConnectionHasClosed() {
    List<Connection> closed = new ArrayList<>();
    connections.onClosed(closed::add);

    otherWire.close();

    assertThat(closed).containsExactly(other);
  }

  @Test
  void whatAClosedConnectionHasNotTakenCountsNoMore() {
    wire.stick();
    connection.answer(Buffer.buffer(new byte[1_000]));
    assertThat(connections.unread().total()).isEqualTo(1_000);

    wire.close();

    assertThat(connections.unread().total()).isZero();
  }

  @Test
  void whoCameByALinkIsNotWaitedForAndLearnsOfOneRunAloneWhenThatHasEndedToo() {
    connection.admitAsClient(
        new Rights(
            Optional.of("link"), Scope.LINK, List.of(), Optional.empty(), OptionalLong.empty()));
    connection.endRights();
    assertThat(connection.rights()).isEmpty();
    assertThat(connection.holdsUp()).isFalse();
    assertThat(connection.readsOneRun()).isTrue();
  }

  @Test
  void whoWaitsForItsEndIsToldUnlessThatWasTakenBack() {
    List<String> told = new ArrayList<>();
    connection.onClosed(() -> told.add("waits"));
    connection.onClosed(() -> told.add("waits no more")).run();

    wire.close();

    assertThat(told).containsExactly("waits");
  }
}
