package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a terminal needs costs nothing where there is none. */
class ClientClassesIT {
  @TempDir Path folder;

  @Test
  void aPipedRunLoadsNothingThatIsForTerminalsAndStartsNoProcess() throws Exception {
    Path log = folder.resolve("classes");
    String flag = "-Xlog:class+init:file=" + log;
    String tox = Script.in(folder, "exit 0");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run =
            server.client(Map.of("JDK_JAVA_OPTIONS", flag, "TOX_SERVER_JAVA_OPTS", flag), "run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(Files.readString(log))
          .contains("'dev/toxserver/client/Exchange'")
          .doesNotContain(
              "'dev/toxserver/agent/",
              "'dev/toxserver/client/console/",
              "'dev/toxserver/client/Keyboard'",
              "'dev/toxserver/config/Hosts'",
              "'java/lang/ProcessBuilder'");
    }
  }
}
