package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.runners.Roster;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LongQueueTest {
  /** Else each start would tell ten thousand, and each of them has its events kept. */
  @Test
  void ofThoseThatAreFarBackOnlyThoseAreToldThatHaveComeToARoundNumber() {
    Roster roster = new Roster("test");
    roster.addLocal(1, Labels.NONE);
    RunQueue queue = new RunQueue(new ServerConfig.Places(1, 1_000, 0), roster);
    for (int number = 1; number <= 301; number++) {
      queue.add(new Run(new Request.Run(new RunId("r" + number), List.of(), Optional.empty())));
    }
    queue.startNext();

    assertThat(queue.renumber())
        .hasSize(102)
        .extracting(Run::position)
        .startsWith(1, 2)
        .endsWith(100, 200, 300);
  }
}
