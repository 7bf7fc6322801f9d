package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.runners.Roster;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RenumberingTest {
  private final List<Integer> told = new ArrayList<>();

  /** Else a thousand ends at once would tell each that waits a thousand places. */
  @Test
  void whoMovesSeveralTimesAtOnceIsToldOnlyWhereItComesTo(Vertx vertx, VertxTestContext test) {
    Roster roster = new Roster("test");
    roster.addLocal(3, Labels.NONE);
    RunQueue queue = new RunQueue(new ServerConfig.Places(3, 10, 0), roster);
    List.of("a", "b", "c", "d").forEach(id -> queue.add(run(id)));
    Renumbering renumbering = new Renumbering(vertx, queue, run -> told.add(run.position()));

    vertx.runOnContext(
        begin -> {
          for (int starts = 0; starts < 3; starts++) {
            queue.startNext();
            renumbering.soon();
          }
          vertx.runOnContext(
              then -> {
                test.verify(() -> assertThat(told).containsExactly(1));
                queue.remove(queue.all().get(0));
                queue.startNext();
                queue.add(run("e"));
                queue.add(run("f"));
                queue.cancel(queue.all().get(3));
                renumbering.soon();
                vertx.runOnContext(
                    last -> {
                      test.verify(() -> assertThat(told).containsExactly(1, 1));
                      test.completeNow();
                    });
              });
        });
  }

  private static Run run(String id) {
    return new Run(new Request.Run(new RunId(id), List.of(), Optional.empty()));
  }
}
