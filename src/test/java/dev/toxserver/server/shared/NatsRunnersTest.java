package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.nats.Peers.Peer;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerStatus;
import dev.toxserver.protocol.TestFacts;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.runners.Heartbeats;
import dev.toxserver.server.runners.Roster;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NatsRunnersTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final RunnerName R1 = new RunnerName("r1");

  private final Map<String, Peer> peers = new HashMap<>();
  private final Bucket bucket = new Bucket();
  private final Roster roster = new Roster("1");
  private int walks;
  private final NatsRunners runners = runners();

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  private NatsRunners runners() {
    Leases leases = new Leases("h1", () -> true, this::find, this::all);
    Heartbeats heartbeats = new Heartbeats(VERTX, new Connections());
    Facts facts = bucket.mirror(VERTX).facts();
    return new NatsRunners(VERTX, null, facts, leases, this::find, roster, heartbeats);
  }

  private Optional<Peer> find(String key) {
    return Optional.ofNullable(peers.get(key));
  }

  private Collection<Peer> all() {
    walks++;
    return peers.values();
  }

  private void comes(RunnerName name) {
    RunnerJoin join = new RunnerJoin(name, "s", "1", Labels.NONE, 2, 65_536, 40_000, Map.of());
    told(new Peer(NatsSubjects.lease(name), join.toJson().toBuffer(), 0, false));
  }

  private void leaves(RunnerName name) {
    told(new Peer(NatsSubjects.lease(name), Buffer.buffer(), 0, true));
  }

  private void told(Peer peer) {
    if (peer.hasLeft()) {
      peers.remove(peer.key());
    } else {
      peers.put(peer.key(), peer);
    }
    runners.follow(peer);
  }

  private List<String> shown() {
    return roster.status().stream().map(RunnerStatus::name).toList();
  }

  @Test
  void whoComesIsShownAtOnceWithoutALookAtTheOthers() {
    int before = walks;
    for (int i = 0; i < 100; i++) {
      comes(new RunnerName("r" + i));
    }

    assertThat(shown()).hasSize(100);
    assertThat(walks).isEqualTo(before);
  }

  @Test
  void whoLeavesIsGoneAtOnceWithoutALookAtTheOthers() {
    comes(R1);
    comes(new RunnerName("r2"));
    int before = walks;

    leaves(R1);

    assertThat(shown()).containsExactly("r2");
    assertThat(walks).isEqualTo(before);
  }

  @Test
  void theServersOwnRunnerStaysWhateverLeaves() {
    roster.addLocal(1, Labels.NONE);

    leaves(RunnerName.LOCAL);

    assertThat(shown()).containsExactly("local");
  }

  @Test
  void whoSaysWhatCannotBeReadIsNotShown() {
    comes(R1);

    told(new Peer(NatsSubjects.lease(R1), Buffer.buffer("what"), 0, false));

    assertThat(shown()).isEmpty();
  }

  @Test
  void whoLeavesARunBehindAndComesBackIsShownAgain() {
    comes(R1);
    Fact.Asked asked = TestFacts.asked("a");
    bucket.write(asked);
    bucket.write(TestFacts.placed(asked.life(), 1, "r1"));

    leaves(R1);
    comes(R1);

    assertThat(shown()).containsExactly("r1");
  }
}
