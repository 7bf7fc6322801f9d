package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says without being asked, and is not kept from saying by its default log level. */
class ServeNoticesIT {
  private static final String ENDLESS = "trap 'exit 5' INT; echo up; while :; do sleep 0.02; done";

  @TempDir Path folder;

  @Test
  void whereItListensAndWhoseFolderItServes() throws Exception {
    try (JarProcess server = serve(List.of())) {
      server.err().awaitText("^C to exit\n");
      assertThat(server.err().text())
          .matches(
              "(?s)\\[serve] Running server at tcp://127\\.0\\.0\\.1:\\d+\n"
                  + "\\[serve] Serving the folder \\Q%s\\E\n".formatted(folder.toRealPath())
                  + "(\\[serve] [^\n]*\n)?\\[serve] \\^C to exit\n");
      assertThat(server.out().size()).as("that is the runs' own").isZero();
    }
  }

  @Test
  void nothingOfThatWhereOnlyErrorsAreWanted() throws Exception {
    try (JarProcess server = serve(List.of("-l", "error"))) {
      String port = String.valueOf(ListeningPort.of(server.pid()));
      try (JarProcess quit = new JarProcess(folder, Map.of(), "-p", port, "quit")) {
        assertThat(quit.exitCode()).isZero();
      }
      assertThat(server.exitCode()).isZero();
      assertThat(server.err().size()).isZero();
    }
  }

  @Test
  void whatItWaitsForWhenItIsToldToEndAndHowToHurryIt() throws Exception {
    try (JarProcess server = serve(List.of(), "--tox", Script.in(folder, ENDLESS))) {
      server.err().awaitText("^C to exit\n");
      String port = String.valueOf(ListeningPort.of(server.pid()));
      try (JarProcess run = new JarProcess(folder, Map.of(), "-p", port, "run")) {
        run.out().awaitText("up");
        server.signal("INT");
        server
            .err()
            .awaitText("[serve] Draining: 1 running, 0 queued\n[serve] ^C again to cancel them\n");
        server.signal("INT");
        server.err().awaitText("[serve] Cancelling 1\n");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(server.exitCode()).isZero();
      }
    }
  }

  @Test
  void thatItsProgramIsMissingAtOnceAndNotOnlyToTheFirstRun() throws Exception {
    try (JarProcess server = serve(List.of(), "--tox", "no-such-tox")) {
      server.err().awaitText("^C to exit\n");
      assertThat(server.err().text())
          .startsWith(
              "[serve] Every run will fail: 'no-such-tox' was not found on the server: install it"
                  + " there, or name it with serve --tox (PATH=");
    }
  }

  @Test
  void nothingOfAProgramThatIsThere() throws Exception {
    try (JarProcess server = serve(List.of(), "--tox", "sh -e")) {
      server.err().awaitText("^C to exit\n");
      assertThat(server.err().text()).doesNotContain("fail");
    }
  }

  private JarProcess serve(List<String> general, String... serveArgs) throws Exception {
    List<String> all = new ArrayList<>(List.of("-p", "0"));
    all.addAll(general);
    all.add("serve");
    all.addAll(List.of(serveArgs));
    return new JarProcess(folder, Map.of(), all.toArray(String[]::new));
  }
}
