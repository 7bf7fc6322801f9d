package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.runners.Roster;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which runs are told that no runner has what they wait for. */
class StrandedTest {
  private static final Labels GPU = new Labels(List.of("gpu"));

  private final Roster roster = new Roster("test");
  private final RunQueue queue = new RunQueue(new ServerConfig.Places(1, 9, 0), roster);

  @Test
  void eachOnceUntilARunnerHasItAgain() {
    Run first = add("first");
    assertThat(queue.stranded()).containsExactly(first);

    Run second = add("second");
    assertThat(queue.stranded()).containsExactly(second);

    roster.addLocal(1, GPU);
    assertThat(queue.stranded()).isEmpty();

    roster.addLocal(1, Labels.NONE);
    assertThat(queue.stranded()).containsExactly(first, second);
  }

  private Run add(String id) {
    Invocation tox = new Invocation(List.of(), Optional.empty(), false).on(GPU);
    Run run =
        new Run(new Request.Run(new RunId(id), tox, Optional.empty(), false, Optional.empty()));
    queue.add(run);
    return run;
  }
}
