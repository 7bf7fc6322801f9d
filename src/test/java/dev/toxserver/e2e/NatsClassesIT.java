package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not use NATS loads nothing of it. */
class NatsClassesIT {
  private static final List<String> OF_NATS =
      List.of(
          "dev.toxserver.nats.",
          "dev.toxserver.server.shared.",
          "dev.toxserver.runner.nats.",
          "io.nats.");

  @TempDir Path folder;

  @Test
  void neitherAServerNorAClientLoadsAnythingOfNatsWithoutIt() throws Exception {
    Path ofServer = folder.resolve("server.log");
    Path ofClient = folder.resolve("client.log");
    String tox = Script.in(folder, "exit 0");
    try (Server server = Server.start(folder, loading(ofServer), "--tox", tox);
        JarProcess run = server.client(loading(ofClient), "run")) {
      assertThat(run.exitCode()).isZero();
    }

    assertThat(loaded(ofServer))
        .contains("dev.toxserver.server.ServerVerticle")
        .noneMatch(NatsClassesIT::isOfNats);
    assertThat(loaded(ofClient))
        .contains("dev.toxserver.client.Exchange")
        .noneMatch(NatsClassesIT::isOfNats);
  }

  private static List<String> loaded(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceAll("^.*] ", "").replaceAll(" .*", ""))
        .filter(name -> name.startsWith("dev.toxserver.") || name.startsWith("io.nats."))
        .toList();
  }

  private static boolean isOfNats(String name) {
    return OF_NATS.stream().anyMatch(name::startsWith);
  }

  private static Map<String, String> loading(Path log) {
    String flag = "-Xlog:class+load:file=" + log;
    return Map.of("JDK_JAVA_OPTIONS", flag, "TOX_SERVER_JAVA_OPTS", flag);
  }
}
