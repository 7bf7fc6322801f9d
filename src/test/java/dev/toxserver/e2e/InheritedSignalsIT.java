package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script starts in the background ignores ^C, and so a server may; its runs must not. */
@Timeout(60)
class InheritedSignalsIT {
  private static final long INT_AND_QUIT = 0b110;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--default-signal=INT,QUIT,HUP", "--ignore-signal=INT,QUIT"})
  void aRunNeitherIgnoresNorBlocksInterrupts(String ofTheServer) throws Exception {
    List<String> command = new ArrayList<>(JarProcess.command());
    command.set(1, ofTheServer);
    String tox = Script.in(folder, "exec grep -E '^Sig(Blk|Ign)' /proc/self/status");
    try (Server server = Server.startWith(command, folder, Map.of(), "--tox", tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text().lines())
          .hasSize(2)
          .allSatisfy(
              line -> assertThat(Long.parseLong(line.split("\\s")[1], 16) & INT_AND_QUIT).isZero());
    }
  }
}
