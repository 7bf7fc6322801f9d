package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.nats.Peers.Peer;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesakesTest {
  private static final RunnerName R1 = new RunnerName("r1");
  private static final String LEASE = NatsSubjects.lease(R1);
  private static final RunnerJoin OLDER = join("s1");
  private static final RunnerJoin YOUNGER = join("s2");

  private final Leases leases =
      new Leases("h1", () -> true, key -> Optional.empty(), () -> List.of());
  private final Namesakes namesakes = new Namesakes(leases);

  @Test
  void theOlderOfTwoIsRefusedThoughItHasJustWrittenOverTheOthersLease() {
    heard(YOUNGER);
    heard(OLDER);
    Joins joins = new Joins("1", 1, null, null, key -> Optional.of(says(OLDER)), namesakes);

    assertThat(joins.join(OLDER).result()).isInstanceOf(HubReply.Refused.class);
    assertThat(namesakes.hasYounger(YOUNGER)).isFalse();
  }

  @Test
  void theOlderHasTheNameOnceTheOtherHasLeft() {
    heard(OLDER);
    heard(YOUNGER);
    namesakes.heard(new Peer(LEASE, Buffer.buffer(), 0, true));
    heard(OLDER);

    assertThat(namesakes.hasYounger(OLDER)).isFalse();
  }

  private void heard(RunnerJoin join) {
    namesakes.heard(says(join));
  }

  private static Peer says(RunnerJoin join) {
    return new Peer(LEASE, join.toJson().toBuffer(), 0, false);
  }

  private static RunnerJoin join(String session) {
    return new RunnerJoin(R1, session, "1", Labels.NONE, 2, 65_536, 40_000, Map.of());
  }
}
