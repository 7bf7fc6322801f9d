package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watch in a real terminal: its keys, and the line at the foot. */
@Timeout(90)
class WatchKeysIT {
  /** In the place of tox: says what it was given; some of that lasts, and some asks. */
  private static final String TOX =
      """
      #!/bin/sh
      echo "ran: $* ."
      case "$*" in
        *slow*) sleep 60 & wait ;;
        *--pdb*) printf '(Pdb) '; read -r line; echo "got $line" ;;
      esac
      """;

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private Server server;
  private TerminalWindow window;

  @BeforeEach
  void aServer() throws IOException {
    Path tox = Files.writeString(elsewhere.resolve("tox"), TOX);
    assertThat(tox.toFile().setExecutable(true)).isTrue();
    server = Server.start(folder, "--tox", tox.toString(), "--jobs", "2");
  }

  @AfterEach
  void end() {
    if (window != null) {
      window.close();
    }
    server.close();
  }

  @Test
  void theLineAtTheFootSaysWhatIsWatchedHowTheLastRunEndedAndHowLongItUsuallyTakes()
      throws Exception {
    watch("-e", "py");
    awaitRest(1);
    assertThat(window.out().text()).contains("[WATCH] .: passed in ").contains("Next: tox -e py (");
    window.type("\r");
    awaitRest(2);
    assertThat(lastFoot()).contains("(usual: ");
  }

  @Test
  void aSaveIsNamedAndRunsAgain() throws Exception {
    watch("-e", "py");
    awaitRest(1);
    Files.writeString(folder.resolve("a.py"), "");
    awaitRest(2);
    assertThat(window.out().text()).contains("[SAVE] a.py\r\n");
  }

  @Test
  void environmentsAndTestsAreChosenUntilAllAreWanted() throws Exception {
    watch("-e", "py", "--", "tests");
    awaitRest(1);
    window.type("e");
    window.out().awaitText("environments, such as");
    window.type("linnt\177\177t\r");
    window.out().awaitText("ran: -e lint -- tests .");
    awaitRest(2);
    window.type("p");
    window.out().awaitText("words for the tests");
    window.type("-k 'a or b'\r");
    window.out().awaitText("ran: -e lint -- tests -k a or b .");
    awaitRest(3);
    window.type("a");
    awaitRest(4);
    assertThat(lastFoot()).contains("tox -e py -- tests (");
  }

  @Test
  void savesWaitWhileALineIsTyped() throws Exception {
    watch("-e", "py");
    awaitRest(1);
    window.type("e");
    window.out().awaitText("environments, such as");
    saveAndAwaitThatOthersHaveSeenIt();
    window.type("li\033");
    window.out().awaitText("[SAVE] a.py");
    assertThat(window.out().text()).containsPattern("such as py311,lint: li\r\n[^S]*\\[SAVE] a.py");
  }

  @Test
  void theDebuggerHasTheKeyboardAndNoSaveEndsIt() throws Exception {
    watch("-e", "py");
    awaitRest(1);
    window.type("d");
    window.out().awaitText("ran: -e py -- --pdb .");
    window.out().awaitText("(Pdb) ");
    saveAndAwaitThatOthersHaveSeenIt();
    window.type("quit\r");
    window.out().awaitText("got quit");
    awaitRest(2);
    assertThat(window.out().text()).contains("[SAVE] a.py");
    assertThat(lastFoot()).contains("tox -e py (");
    window.type("a");
    awaitRest(3);
  }

  @Test
  void aRunIsEndedByAKeyAndTheNextBeginsWithASave() throws Exception {
    watch("slow");
    window.out().awaitText("ran: slow .");
    window.type("c");
    awaitRest(1);
    assertThat(window.out().text()).contains("cancelled after");
    Files.writeString(folder.resolve("a.py"), "");
    window.out().awaitText("[SAVE] a.py");
  }

  @Test
  void leavingEndsTheRunAndRestoresTheTerminal() throws Exception {
    watch("slow");
    window.out().awaitText("ran: slow .");
    window.awaitRaw();
    window.type("?q");
    assertThat(window.exitCode()).isZero();
    assertThat(window.out().text())
        .contains("Enter, a  run all", "f         run the environments")
        .contains("cancelled after");
  }

  @Test
  void leavingAtRestRestoresTheTerminal() throws Exception {
    List<String> script = new ArrayList<>(List.of("sh", "-c", "stty -g; \"$@\"; stty -g", "sh"));
    script.addAll(command("-e", "py"));
    window = TerminalWindow.open(folder, Map.of(), script.toArray(String[]::new));
    awaitRest(1);
    window.type("q");
    assertThat(window.exitCode()).isZero();
    List<String> lines = window.out().text().lines().toList();
    assertThat(lines.get(lines.size() - 1)).endsWith(lines.get(0));
  }

  private void saveAndAwaitThatOthersHaveSeenIt() throws Exception {
    try (JarProcess other = server.client("--ignore", JarProcess.STATE, "--json", "watch", "x")) {
      other.out().awaitText("passed");
      Files.writeString(folder.resolve("a.py"), "");
      other.out().awaitText("a.py");
    }
  }

  private void watch(String... args) throws IOException {
    window = TerminalWindow.open(folder, Map.of(), command(args).toArray(String[]::new));
  }

  private List<String> command(String... args) {
    return WatchWindow.command(server, args);
  }

  /** Waits until so many runs have ended, and nothing goes on. */
  private void awaitRest(int number) {
    WatchWindow.awaitFoot(window, number);
  }

  private String lastFoot() {
    return WatchWindow.awaitFoot(window, 1);
  }
}
