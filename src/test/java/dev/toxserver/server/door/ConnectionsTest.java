package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final RunId RUN = new RunId("run-1");

  private final Connections connections = new Connections();
  private final FakeSocket socket = new FakeSocket();
  private final FakeSocket otherSocket = new FakeSocket();
  private final Connection connection = connections.open(socket.socket());
  private final Connection other = connections.open(otherSocket.socket());

  @Test
  void eachConnectionHasANameOfItsOwn() {
    assertThat(connection.name()).isNotEqualTo(other.name());
  }

  @Test
  void aSubscriptionCountsOnceAndCanBeGivenUp() {
    assertThat(connection.subscribe(RUN)).isTrue();
    assertThat(connection.subscribe(RUN)).isFalse();
    assertThat(connection.listensTo(RUN)).isTrue();
    assertThat(other.listensTo(RUN)).isFalse();

    connection.unsubscribe(RUN);
    assertThat(connection.listensTo(RUN)).isFalse();
  }

  @Test
  void whenAllTogetherReadTooManyEachMayStillReadAFew() {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int total = 0; total < Connections.MAX_SUBSCRIPTIONS; ) {
      FakeSocket greedy = new FakeSocket();
      sockets.add(greedy);
      Connection reader = connections.open(greedy.socket());
      for (int n = 0; n < Connections.MAX_SUBSCRIPTIONS_OF_ONE; n++, total++) {
        assertThat(reader.mayReadMore()).isTrue();
        reader.subscribe(new RunId("run-" + n));
      }
      assertThat(reader.mayReadMore()).isFalse();
    }

    for (int n = 0; n < Connections.FEW; n++) {
      assertThat(other.mayReadMore()).isTrue();
      other.follow(new RunId("run-" + n), () -> {});
    }
    assertThat(other.mayReadMore()).isFalse();

    sockets.get(0).close();
    assertThat(other.mayReadMore()).isTrue();
  }

  @Test
  void onlyAReaderThatListensToTheRunCanBeItsFullOne() {
    socket.fill();
    otherSocket.fill();
    assertThat(connections.firstFull(RUN)).isEmpty();

    other.subscribe(RUN);
    assertThat(connections.firstFull(RUN)).contains(other);
    assertThat(connections.firstFull(new RunId("run-2"))).isEmpty();

    otherSocket.drain();
    assertThat(connections.firstFull(RUN)).isEmpty();
  }

  @Test
  void whoWaitsForAFullReaderIsCalledOnceWhenItTakesMore() {
    AtomicInteger calls = new AtomicInteger();
    socket.fill();
    connection.onWritable(calls::incrementAndGet);
    assertThat(calls).hasValue(0);

    socket.drain();
    socket.drain();
    assertThat(calls).hasValue(1);
  }

  @Test
  void whoWaitsAgainWithinTheCallIsKeptForTheNext() {
    AtomicInteger calls = new AtomicInteger();
    connection.onWritable(() -> connection.onWritable(calls::incrementAndGet));

    socket.drain();
    assertThat(calls).hasValue(0);
    socket.drain();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aReaderThatHasGoneHoldsUpNobody() {
    AtomicInteger calls = new AtomicInteger();
    connection.subscribe(RUN);
    socket.fill();
    connection.onWritable(calls::incrementAndGet);

    socket.close();

    assertThat(calls).hasValue(1);
    assertThat(connection.isFull()).isFalse();
    assertThat(connections.firstFull(RUN)).isEmpty();
  }

  @Test
  void theListenerIsToldWhichConnectionHasClosed() {
    List<Connection> closed = new ArrayList<>();
    connections.onClosed(closed::add);

    otherSocket.close();

    assertThat(closed).containsExactly(other);
  }
}
