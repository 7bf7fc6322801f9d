package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Environment;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandsTest {
  @Test
  void everyCommandIsKnownToAskAServerOrNot() {
    ToxServer toxServer = new ToxServer(Environment.ofProcess());

    assertThat(Stream.of(ToxServer.LOCAL, ToxServer.REMOTE).flatMap(Set::stream))
        .containsExactlyInAnyOrderElementsOf(
            toxServer.commandLine("--help").getSubcommands().keySet());
  }
}
