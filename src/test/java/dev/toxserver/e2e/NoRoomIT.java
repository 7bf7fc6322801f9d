package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk without any room left, and the server that comes after. */
@Timeout(120)
class NoRoomIT {
  private static final Pattern PORT = Pattern.compile("Running server at tcp://[^:]+:(\\d+)");

  /** Two servers, one after the other, that share a disk which only they see. */
  private static final String TWICE =
      "mount -t tmpfs -o size=1m tox-server \"$0\" && { \"$@\"; \"$@\"; }";

  @TempDir Path folder;

  @Test
  void whatBecameOfTheRunIsKnownToTheNextServerAndThatOutputIsMissing() throws Exception {
    assumeTrue(mayMount(), "no mount namespaces can be made here");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path told = folder.resolve("told");
    String tox =
        Script.in(
            folder,
            "seq -w 1 500000; while [ ! -e %s ]; do sleep 0.05; done; exit 5".formatted(told));
    List<String> command = new ArrayList<>(ownNamespace());
    command.addAll(List.of("sh", "-c", TWICE, disk.toString()));
    command.addAll(JarProcess.command());
    try (Server server =
        Server.startWith(
            command, folder, Map.of(), "--no-tee", "--state-dir", disk + "/state", "--tox", tox)) {
      try (JarProcess run = server.client("run")) {
        run.err().awaitText("can't keep all of this run's output");
        Files.createFile(told);
        assertThat(run.exitCode()).as(run.err().text()).isEqualTo(5);
        assertThat(run.out().text()).hasSize(3_500_000);
      }
      isMissing(server.port());
      leave(server.port());
      await().atMost(Captured.DEADLINE).until(() -> ports(server).size() == 2);
      int port = ports(server).get(1);
      isMissing(port);
      try (JarProcess status = client(port, "status")) {
        assertThat(status.exitCode()).isZero();
        assertThat(status.out().text()).contains("failed");
      }
      leave(port);
      server.exitCode();
    }
  }

  private void isMissing(int port) throws Exception {
    try (JarProcess logs = client(port, "logs")) {
      assertThat(logs.exitCode()).isEqualTo(1);
      assertThat(logs.err().text())
          .contains("some output is missing here: it could not be kept: No space left on device");
    }
  }

  private void leave(int port) throws Exception {
    try (JarProcess quit = client(port, "quit")) {
      assertThat(quit.exitCode()).isZero();
    }
  }

  private JarProcess client(int port, String command) throws Exception {
    return new JarProcess(folder, Map.of(), "-p", String.valueOf(port), "-h", "127.0.0.1", command);
  }

  private static List<Integer> ports(Server server) {
    Matcher matcher = PORT.matcher(server.err().text());
    List<Integer> ports = new ArrayList<>();
    while (matcher.find()) {
      ports.add(Integer.parseInt(matcher.group(1)));
    }
    return ports;
  }

  private static boolean mayMount() throws Exception {
    List<String> command = new ArrayList<>(ownNamespace());
    command.add("true");
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private static List<String> ownNamespace() {
    return List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc");
  }
}
