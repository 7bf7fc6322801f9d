package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.NatsConfig;
import dev.toxserver.nats.LogScene;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.TestFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class RoomIT {
  private static final Placement PLACEMENT = TestRun.placement("p1", 0);

  @TempDir Path folder;

  @Test
  void aRunThatPrintsIsGivenTheRoomOfOneThatHasEnded() throws Exception {
    LogScene scene = new LogScene(folder, 1, new NatsConfig.Store(1, false, 1 << 20, 3_600_000));
    try {
      Facts facts = scene.result(() -> Facts.open(scene.hub, "h1"));
      TestRun before = new TestRun(scene);
      Life life = new Life(before.id(), 1);
      before.write(PLACEMENT, 45);
      for (Fact fact :
          List.of(
              TestFacts.asked(before.id().value()),
              new Fact.Placed(life, 1, PLACEMENT, 6),
              TestFacts.ended(life, 1, 0))) {
        scene.result(() -> facts.create(fact));
      }
      Allowance allowance = Allowance.of(scene.hub, facts, Long.MAX_VALUE);
      Room room = new Room(scene.hub, facts, Forgetting.Store.of(scene.hub), allowance);
      scene.run(() -> scene.vertx.setPeriodic(100, tick -> room.tick(true)));

      long messages = new TestRun(scene).write(PLACEMENT, 20);

      assertThat(messages).isPositive();
    } finally {
      scene.close();
    }
  }
}
