package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run, several terminals, and a real server between them. */
class TwoKeyboardsIT {
  @TempDir Path folder;

  @Test
  void whoTakesARunGoesOnAtItsPromptAndWhoHadItSeesAllAndCanNotType() throws Exception {
    try (Server server = server();
        TerminalWindow first = window(server, "run")) {
      first.out().awaitText("ready> ");
      first.type("x=41\r");
      first.out().awaitText("x=41\r\nready> ");
      try (TerminalWindow second = window(server, "attach", "--take")) {
        first.out().awaitText("Another client has taken the run over");
        second.out().awaitText("x=41");
        first.type("exit 1\r");
        second.type("echo $((x + 1))\r");
        second.out().awaitText("\n42");
        first.out().awaitText("\n42");
        second.type("exit 5\r");
        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(first.exitCode()).isEqualTo(5);
        assertThat(second.shown()).doesNotContain("exit 1");
      }
    }
  }

  @Test
  void anOnlookerSeesItAtTheOwnersSizeAndCanNotType() throws Exception {
    try (Server server = server();
        TerminalWindow owner = window(server, "run")) {
      owner.out().awaitText("ready> ");
      try (TerminalWindow onlooker = window(server, "attach")) {
        onlooker.out().awaitText("ready> ");
        onlooker.resize(50, 10);
        onlooker.type("exit 1\r");
        owner.type("stty size\r");
        onlooker.out().awaitText("30 100");
        owner.type("exit 4\r");
        assertThat(owner.exitCode()).isEqualTo(4);
        assertThat(onlooker.exitCode()).isEqualTo(4);
      }
    }
  }

  @Test
  void theRunEndsWithWhoeverHasTakenIt() throws Exception {
    try (Server server = server();
        TerminalWindow first = window(server, "run")) {
      first.out().awaitText("ready> ");
      try (TerminalWindow second = window(server, "attach", "--take")) {
        first.out().awaitText("Another client has taken the run over");
        second.out().awaitText("ready> ");
        second.hangUp();
        assertThat(first.exitCode()).isNotZero();
        assertThat(first.shown()).contains("cancelled after");
      }
    }
  }

  private Server server() throws Exception {
    String shell = Script.in(folder, "PS1='ready> ' exec bash --norc --noediting");
    return Server.start(
        folder, "--tox", shell, "--interrupt-grace", "0.2", "--terminate-grace", "0.2");
  }

  private TerminalWindow window(Server server, String... command) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("-h", "127.0.0.1", "-p", String.valueOf(server.port())));
    all.addAll(List.of(command));
    return TerminalWindow.ofClient(folder, all.toArray(String[]::new));
  }
}
