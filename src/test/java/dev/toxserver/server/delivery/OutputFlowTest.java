package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.FakeWire;
import dev.toxserver.server.door.RefusedException;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a run may go on, and who gets its events. */
@ExtendWith(VertxExtension.class)
class OutputFlowTest {
  private final FakeWire wire = new FakeWire();
  private OneRun run;
  private Connection connection;

  @BeforeEach
  void begin(Vertx vertx) throws Exception {
    run = new OneRun(vertx);
    connection = wire.connectTo(run.connections);
  }

  @Test
  void whatNobodyHasToTakeIsTakenAtOnceAndToldOnce() throws Exception {
    run.output(0, 3);
    run.publish(RunEvent.Heartbeat.STARTED);
    acknowledge();
    assertThat(run.taken).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aRunWaitsForWhoeverHasRegisteredItAndTakesNoMore() throws Exception {
    connection.subscriptions().register(OneRun.ID);
    run.output(0, 1);
    wire.fill();
    run.output(1, 4);
    assertThat(run.taken).containsExactly(0L);
    drain();
    assertThat(run.taken).containsExactly(0L, 3L);
    assertThat(seqs()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aRunWaitsForItsClientThatReadsItOutOfTheJournal() throws Exception {
    run.requester.isBack(connection);
    run.attach(connection);
    run.output(0, 1);
    wire.fill();
    run.output(1, 4);
    assertThat(run.taken).containsExactly(0L);
    drain();
    assertThat(run.taken).containsExactly(0L, 3L);
    assertThat(seqs()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aRunDoesNotWaitForAnOnlookerThatReadsItOutOfTheJournal() throws Exception {
    run.attach(connection);
    wire.fill();
    run.output(0, 3);
    assertThat(run.taken).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aRunWaitsForItsClientThatIsAway() throws Exception {
    run.requester.leaves(true);
    run.output(0, 3);
    assertThat(run.taken).isEmpty();
    run.requester.isBack(connection);
    acknowledge();
    assertThat(run.taken).containsExactly(2L);
  }

  @Test
  void whoReadsOutOfTheJournalIsToldOfWhatIsNotKept() throws Exception {
    run.attach(connection);
    run.publish(RunEvent.Heartbeat.STARTED);
    assertThat(wire.bodies()).containsExactly(RunEventJson.encode(RunEvent.Heartbeat.STARTED));
  }

  @Test
  void aRunHasMorePatienceWithItsClientThanWithOthers() {
    assertThat(run.flow.patienceWith(connection)).isEqualTo(OneRun.PATIENCE.onlookerMillis());
    run.requester.isBack(connection);
    assertThat(run.flow.patienceWith(connection)).isEqualTo(OneRun.PATIENCE.requesterMillis());
  }

  @Test
  void whenTheLastWhoReadsOutOfTheJournalIsDoneThatIsTold() throws Exception {
    Connection other = new FakeWire().connectTo(run.connections);
    run.attach(connection);
    run.attach(other);
    assertThat(run.attachments.isIdle()).isFalse();
    run.publish(new RunEvent.Exit(0, 0, false, Optional.empty()));
    assertThat(run.attachments.isIdle()).isTrue();
    assertThat(run.idle).hasValue(1);
  }

  @Test
  void whoReadsAsManyRunsAsOneMayIsRefusedAnother() {
    for (int n = 0; connection.subscriptions().mayGrow(); n++) {
      connection.subscriptions().follow(new RunId("r" + n), () -> {});
    }
    assertThatThrownBy(() -> run.attach(connection))
        .hasRootCauseInstanceOf(RefusedException.class)
        .hasMessageContaining("id: " + connection.subscriptions().size() + " runs are read");
  }

  @Test
  void itEndsBehindTheExitAndListensNoMore() throws Exception {
    run.attach(connection);
    run.output(0, 1);
    assertThat(run.ended.future().isComplete()).isFalse();
    run.publish(new RunEvent.Exit(1, 3, false, Optional.empty()));
    assertThat(run.ended.future().succeeded()).isTrue();
    assertThat(run.flow.log().record().state()).isEqualTo(RunState.FAILED);
    assertThat(run.flow.followers()).isZero();

    run.output(2, 3);
    assertThat(run.flow.log().journal().nextSeq()).isEqualTo(2);
    assertThat(seqs()).containsExactly(0L, 1L);
  }

  @Test
  void aRunHasEndedBeforeAnyReaderIsSentItsExit() throws Exception {
    FakeWire attached = new FakeWire();
    connection.subscriptions().register(OneRun.ID);
    run.attach(attached.connectTo(run.connections));
    List<Integer> sentBefore = new ArrayList<>();
    run.ended
        .future()
        .onSuccess(
            exit -> sentBefore.addAll(List.of(wire.bodies().size(), attached.bodies().size())));
    run.publish(new RunEvent.Exit(0, 0, false, Optional.empty()));

    assertThat(sentBefore).containsExactly(0, 0);
    assertThat(List.of(wire.bodies().size(), attached.bodies().size())).containsExactly(1, 1);
  }

  @Test
  void onceTheExitIsThereWhoHadSaidHowFarItReadIsWaitedForNoMore() throws Exception {
    connection.subscriptions().register(OneRun.ID);
    run.on(
        () -> {
          run.flow.acknowledged(connection, 0);
          return null;
        });
    run.output(0, 2);
    assertThat(connection.closeListeners()).isEqualTo(1);
    run.publish(new RunEvent.Exit(2, 0, false, Optional.empty()));
    assertThat(connection.closeListeners()).isZero();
  }

  private void acknowledge() throws Exception {
    run.on(
        () -> {
          run.flow.acknowledge();
          return null;
        });
  }

  private void drain() throws Exception {
    run.on(
        () -> {
          wire.drain();
          return null;
        });
  }

  private List<Long> seqs() {
    return wire.bodies().stream().map(body -> body.getLong("seq")).toList();
  }
}
