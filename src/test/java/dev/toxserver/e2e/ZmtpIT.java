package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The original's protocol, spoken by libzmq: a client that is not ours, in Debian's Python. */
@Timeout(120)
class ZmtpIT {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int BYTES = 27_004_221;
  private static final Pattern PORT = Pattern.compile("clients at tcp://127\\.0\\.0\\.1:(\\d+)");

  @TempDir Path folder;
  private Server server;
  private String port;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        new ProcessBuilder(PYTHON, "-c", "import zmq").start().waitFor() == 0,
        "no python3-zmq of Debian's");
    server = Server.start(folder, "--zmtp", "0", "--no-tee", "--tox", "/bin/sh");
    Matcher told = PORT.matcher(server.err().text());
    assertThat(told.find()).as(server.err().text()).isTrue();
    port = told.group(1);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void allOfARunsOutputAndItsExitCodeArrive() throws Exception {
    try (JarProcess client =
        client("head -c " + BYTES + " /dev/zero | tr '\\0' x; echo err >&2; exit 3")) {
      assertThat(client.exitCode()).isEqualTo(3);
      assertThat(client.out().text()).hasSize(BYTES).matches("x*");
      assertThat(client.err().text()).isEqualTo("err\n");
    }
  }

  @Test
  void anInterruptEndsTheRunOverThere() throws Exception {
    try (JarProcess client =
        client("trap 'echo ended; exit 7' INT; echo begun; while :; do sleep 0.1; done")) {
      client.out().awaitText("begun");
      client.signal("INT");
      assertThat(client.exitCode()).isEqualTo(7);
      assertThat(client.out().text()).isEqualTo("begun\nended\n");
    }
  }

  private JarProcess client(String script) throws IOException {
    String program = Path.of("src/test/resources/original.py").toAbsolutePath().toString();
    List<String> command = new ArrayList<>(List.of(PYTHON, program, port, "-c", script));
    return new JarProcess(folder, Map.of(), command);
  }
}
