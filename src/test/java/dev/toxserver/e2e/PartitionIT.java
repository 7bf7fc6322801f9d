package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server and its runner on two machines, and a network that fails for a while. */
class PartitionIT {
  private static final int LINES = 1_500;

  @TempDir Path folder;

  /** For longer than either side takes to notice, and as long as it takes TCP to try again late. */
  @Test
  void noByteIsLostWhenTheCableIsOutOrOneWayOnlyAndTheRunGoesOnToItsEnd() throws Exception {
    assumeTrue(TwoMachines.arePossible());
    Path here = Files.createDirectory(folder.resolve("here"));
    Path there = Files.createDirectory(folder.resolve("there"));
    String token = folder.resolve("runner-token").toString();
    String tox =
        Script.in(
            there,
            "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo $i; sleep 0.02; done; exit 7"
                .formatted(LINES));
    try (TwoMachines machines = new TwoMachines();
        Server server =
            Server.startWith(
                machines.first(JarProcess.command()),
                here,
                Map.of(),
                "-b",
                TwoMachines.ADDRESS,
                "--no-local",
                "--runner-token-file",
                token);
        JarProcess runner =
            process(
                there,
                machines.second(JarProcess.command()),
                "runner",
                "--join",
                TwoMachines.ADDRESS + ":" + server.port(),
                "--insecure",
                "--no-tee",
                "--runner-token-file",
                token,
                "--tox",
                tox)) {
      runner.err().awaitText("Joined the server");
      String port = String.valueOf(server.port());
      try (JarProcess client =
          process(
              here,
              machines.first(JarProcess.command()),
              "-h",
              TwoMachines.ADDRESS,
              "-p",
              port,
              "-t",
              "4",
              "run")) {
        client.out().awaitText("100\n");
        machines.apart(2);
        client.out().awaitText("200\n");
        machines.apart(5);
        client.out().awaitText("500\n");
        machines.oneWay(8);
        client.out().awaitText("900\n");
        machines.apart(15);
        assertThat(client.exitCode(Duration.ofSeconds(90))).as(client.err().text()).isEqualTo(7);
        assertThat(client.out().text()).isEqualTo(expected());
        assertThat(client.err().text()).contains(" is away;", " is back");
      }
    }
  }

  private static JarProcess process(Path folder, List<String> command, String... args)
      throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(args));
    return new JarProcess(folder, Map.of(), all);
  }

  private static String expected() {
    StringBuilder lines = new StringBuilder();
    for (int line = 1; line <= LINES; line++) {
      lines.append(line).append('\n');
    }
    return lines.toString();
  }
}
