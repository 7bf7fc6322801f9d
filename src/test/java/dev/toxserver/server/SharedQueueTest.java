package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerStatus;
import dev.toxserver.server.runners.Roster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The queue where facts say which runner has a run, and runners come and go meanwhile. */
class SharedQueueTest {
  @Test
  void whoeverHadARunThatAnotherHasHasRoomAgain() {
    Roster two = new Roster("test");
    two.offered(join("r1"), "", false);
    two.offered(join("r2"), "", false);
    RunQueue shared = new RunQueue(new ServerConfig.Places(2, 2, 0), two);
    Run first = run(new Invocation(List.of()));
    shared.enqueue(first);

    shared.place(first, two.named(new RunnerName("r1")));
    shared.place(first, two.named(new RunnerName("r2")));
    assertThat(two.status())
        .extracting(RunnerStatus::state)
        .containsExactly(RunnerStatus.State.IDLE, RunnerStatus.State.BUSY);
    shared.remove(first);
    assertThat(two.status()).extracting(RunnerStatus::state).containsOnly(RunnerStatus.State.IDLE);
  }

  @Test
  void aProgramThatIsPlacedOnceMoreKeepsItsRunnerWhileThereIsNoOther() {
    Roster one = new Roster("test");
    one.offered(join("r1"), "", false);
    RunQueue shared = new RunQueue(new ServerConfig.Places(1, 1, 1), one);
    Run program = run(new Invocation(List.of("bash"), Optional.empty(), true));
    shared.add(program);
    one.left(new RunnerName("r1"));

    shared.putBack(program);

    assertThat(program.isWaiting()).isFalse();
    assertThat(shared.find(program.id())).contains(program);
  }

  private static RunnerJoin join(String name) {
    return new RunnerJoin(
        new RunnerName(name), "s", "test", Labels.NONE, 1, 65_536, 40_000, Map.of());
  }

  private static Run run(Invocation invocation) {
    return new Run(
        new Request.Run(new RunId("a"), invocation, Optional.empty(), false, Optional.empty()));
  }
}
