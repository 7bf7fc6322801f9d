package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client with two servers that share nothing. */
class SeveralHostsIT {
  @TempDir Path folder;

  @Test
  void aRunIsTheSecondsWhereTheFirstDiesBeforeItIsAsked() throws Exception {
    try (Server first = server("first", "echo first");
        Server second = server("second", "echo second")) {
      try (JarProcess client = client(hosts(first, second), second.token(), "run")) {
        assertThat(client.exitCode()).as("each has a token of its own").isEqualTo(1);
        assertThat(client.err().text()).startsWith("127.0.0.1:" + first.port() + ": ");
      }
      first.signal("KILL");
      first.exitCode();
      try (JarProcess client = client(hosts(first, second), second.token(), "run")) {
        assertThat(client.exitCode()).isZero();
        assertThat(client.out().text()).isEqualTo("second\n");
        assertThat(client.err().text()).startsWith("[DONE] passed");
      }
    }
  }

  @Test
  void aRunThatWasTheFirstsIsNotTheSeconds() throws Exception {
    String token = "0123456789abcdef";
    try (Server first = server("first", "echo begun; sleep 60", token);
        Server second = server("second", "echo second", token);
        JarProcess client = client(hosts(first, second), token, "run")) {
      client.out().awaitText("begun\n");
      first.signal("KILL");
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.out().text()).isEqualTo("begun\n");
      assertThat(client.err().text())
          .isEqualTo(
              "the run's result is unknown: 127.0.0.1:%d does not know the run, which 127.0.0.1:%d had: they do not share their runs\n"
                  .formatted(second.port(), first.port()));
    }
  }

  @Test
  void aHostWithoutAnAddressIsPassedOverAndSoIsNobodysPort() throws Exception {
    try (Server server = server("first", "echo here");
        JarProcess client =
            client(
                "no-such-host.invalid,127.0.0.1:" + AbsentServer.port() + "," + hosts(server),
                server.token(),
                "-p",
                "1",
                "run")) {
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("here\n");
    }
  }

  @Test
  void aLinkIsToThePageOfOneServer() throws Exception {
    try (JarProcess client = client("a:1,b:1", "0123456789abcdef", "share")) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err().text()).contains("tox-server -h HOST share");
    }
  }

  private Server server(String name, String script) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    return Server.start(own, "--tox", Script.in(own, script));
  }

  private Server server(String name, String script, String token) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    return Server.start(own, Map.of("TOX_SERVER_TOKEN", token), "--tox", Script.in(own, script));
  }

  private JarProcess client(String hosts, String token, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("-h", hosts));
    all.addAll(List.of(args));
    return new JarProcess(folder, Map.of("TOX_SERVER_TOKEN", token), all.toArray(String[]::new));
  }

  private static String hosts(Server... servers) {
    List<String> hosts = new ArrayList<>();
    for (Server server : servers) {
      hosts.add("127.0.0.1:" + server.port());
    }
    return String.join(",", hosts);
  }
}
