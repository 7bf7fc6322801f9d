package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As {@link LeftoversIT}, of a run with a terminal: jobs have process groups of their own there,
 * and its hang-up ends none of those that ignore it.
 */
class TerminalLeftoversIT {
  @TempDir Path folder;
  private String tox;

  private enum End {
    CANCELLED {
      @Override
      void come(Server server, TerminalWindow window) throws Exception {
        try (JarProcess cancel = server.client("cancel")) {
          assertThat(cancel.exitCode()).isZero();
        }
      }
    },
    CLIENT_KILLED {
      @Override
      void come(Server server, TerminalWindow window) throws Exception {
        Signal.send("KILL", window.clientsPid());
      }
    },
    WINDOW_CLOSED {
      @Override
      void come(Server server, TerminalWindow window) throws Exception {
        window.hangUp();
      }
    },
    SERVER_KILLED {
      @Override
      void come(Server server, TerminalWindow window) throws Exception {
        server.signal("KILL");
      }
    },
    ENDED_BY_ITSELF {
      @Override
      void come(Server server, TerminalWindow window) throws Exception {
        window.type("end\r");
      }
    };

    abstract void come(Server server, TerminalWindow window) throws Exception;
  }

  /** Each kind of child writes its process id, so that the test can tell whether it lives. */
  @BeforeEach
  void aToxWithJobs() throws Exception {
    tox =
        Script.in(
            folder,
            """
            cd %s
            trap '' HUP
            set -m
            echo $$ > pid.tox
            sleep 600 & echo $! > pid.job
            (sleep 600 & echo $! > pid.doubleforked) &
            setsid sh -c 'echo $$ > pid.session; exec sleep 600' &
            (env -i setsid sh -c 'echo $$ > pid.cleaned; exec sleep 600' >/dev/null 2>&1 &) &
            sh -c 'trap "" INT TERM TTOU; echo $$ > pid.stubborn; while :; do sleep 0.1; done' &
            while [ "$(ls pid.* | wc -l)" -lt 6 ]; do sleep 0.02; done
            echo ready
            read -r line
            """
                .formatted(folder));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeft(End end) throws Exception {
    try (Server server =
            Server.start(
                folder,
                "--tox",
                tox,
                "--interrupt-grace",
                "0.3",
                "--terminate-grace",
                "0.3",
                "--reconnect-grace",
                "1");
        TerminalWindow window = client(server, "run")) {
      window.out().awaitText("ready");
      end.come(server, window);
      await().atMost(Captured.DEADLINE).until(() -> alive().isEmpty());
    }
  }

  /** A container's first process does, and so does a service. */
  @Test
  void aServerThatLeadsASessionOutlivesTheTerminalsOfItsRuns() throws Exception {
    List<String> command = new ArrayList<>(List.of("setsid", "--wait"));
    command.addAll(JarProcess.command());
    try (Server server = Server.startWith(command, folder, Map.of())) {
      for (int n = 0; n < 3; n++) {
        try (TerminalWindow window = client(server, "exec", "sh", "-c", "tty; exit 3")) {
          assertThat(window.exitCode()).isEqualTo(3);
          assertThat(window.shown()).startsWith("/dev/pts/");
        }
      }
      try (JarProcess ping = server.client("ping")) {
        assertThat(ping.exitCode()).isZero();
      }
      assertThat(server.err().text()).doesNotContain("WARNING");
    }
  }

  private TerminalWindow client(Server server, String... args) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("-p", String.valueOf(server.port()), "-h", "127.0.0.1"));
    all.addAll(List.of(args));
    return TerminalWindow.ofClient(folder, all.toArray(String[]::new));
  }

  private List<String> alive() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("pid."))
          .filter(Proc::isAlive)
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }
}
