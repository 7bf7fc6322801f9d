package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program on the server has of the terminal in which its client is. */
class TerminalIT {
  @TempDir Path folder;

  @Test
  void itIsATerminalOfTheRightSizeAndKindBeforeTheFirstByte() throws Exception {
    String tox = "[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && stty size && echo $TERM && exit 7";
    try (Server server = server(tox);
        TerminalWindow window = server.inTerminal("run")) {
      assertThat(window.exitCode()).isEqualTo(7);
      assertThat(window.shown()).startsWith("30 100\nxterm-256color\n[").contains("FAIL");
    }
  }

  @Test
  void bothStreamsComeInTheOrderInWhichTheyWereWritten() throws Exception {
    String tox = "for n in 1 2 3; do echo out$n; echo err$n >&2; done";
    try (Server server = server(tox);
        TerminalWindow window = server.inTerminal("run")) {
      assertThat(window.exitCode()).isZero();
      assertThat(window.shown()).startsWith("out1\nerr1\nout2\nerr2\nout3\nerr3\n");
    }
  }

  @Test
  void keysThatInterruptQuitAndEndAreTheProgramsOwnBusiness() throws Exception {
    String tox =
        "trap 'echo int' INT; trap 'echo quit' QUIT; echo up; cat; echo eof; cat; echo end; cat";
    try (Server server = server(tox);
        TerminalWindow window = server.inTerminal("run")) {
      window.out().awaitText("up");
      window.awaitRaw();
      window.type("\003");
      window.out().awaitText("int");
      window.out().awaitText("eof");
      window.type("\034");
      window.out().awaitText("quit");
      window.out().awaitText("end");
      window.type("\004");
      assertThat(window.exitCode()).isZero();
    }
  }

  @Test
  void aPasswordIsNotEchoed() throws Exception {
    String tox = "stty -echo; printf 'Password: '; read p; stty echo; echo; echo got ${#p}";
    try (Server server = server(tox);
        TerminalWindow window = server.inTerminal("run")) {
      window.out().awaitText("Password: ");
      window.awaitRaw();
      window.type("secret\r");
      assertThat(window.exitCode()).isZero();
      assertThat(window.shown()).startsWith("Password: \ngot 6\n").doesNotContain("secret");
    }
  }

  @Test
  void anotherSizeReachesTheProgram() throws Exception {
    String tox =
        "trap 'stty size; [ $(stty size | cut -c1-2) != 20 ] || exit 0' WINCH;"
            + " echo up; while :; do sleep 0.1; done";
    try (Server server = server(tox);
        TerminalWindow window = server.inTerminal("run")) {
      window.out().awaitText("up");
      window.resize(60, 20);
      assertThat(window.exitCode()).isZero();
      assertThat(window.shown()).startsWith("up\n20 60\n");
    }
  }

  @Test
  void aPasteOfMegabytesArrivesByteForByteThoughTheProgramSleeps() throws Exception {
    // More than the kernel keeps for two terminals (640 KiB each) and we for a run.
    byte[] paste = new byte[4 << 20];
    new Random(1).nextBytes(paste);
    for (int i = 0; i < paste.length; i++) {
      // Behind a return, it would be the client's.
      paste[i] = paste[i] == '~' ? 0 : paste[i];
    }
    Path go = folder.resolve("go");
    String program =
        "stty raw -echo; echo up; while [ ! -e %s ]; do sleep 0.1; done; head -c %d | sha256sum"
            .formatted(go, paste.length);
    try (Server server = Server.start(folder);
        TerminalWindow window = server.inTerminal("exec", "sh", "-c", program)) {
      window.out().awaitText("up");
      window.awaitRaw();
      Thread pasting = new Thread(() -> paste(window, paste));
      pasting.start();
      pasting.join(1_000);
      if (Runtime.version().feature() >= 22) {
        // Before that it is script that types, and keeps all that the program has not read.
        assertThat(pasting.isAlive()).as("nobody reads so far").isTrue();
      }
      Files.createFile(go);
      assertThat(window.exitCode()).isZero();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(paste);
      assertThat(window.out().text()).contains(HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void nothingThatWasWrittenBeforeTheEndIsLost() throws Exception {
    try (Server server = server("seq 1 20000");
        TerminalWindow window = server.inTerminal("run")) {
      assertThat(window.exitCode()).isZero();
      assertThat(window.shown()).contains("\n19999\n20000\n");
      assertThat(window.shown().lines().limit(20_000)).hasSize(20_000).startsWith("1", "2");
    }
  }

  @Test
  void aPipeStaysAPipe() throws Exception {
    String tox = "[ -t 0 ] || [ -t 1 ] || [ -t 2 ] || { echo out; echo err >&2; }";
    try (Server server = server(tox);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("out\n");
      assertThat(run.err().textWithoutTime()).isEqualTo("err\n[DONE] passed\n");
    }
  }

  private Server server(String tox) throws Exception {
    return Server.start(folder, "--tox", Script.in(folder, tox));
  }

  private static void paste(TerminalWindow window, byte[] paste) {
    try {
      window.type(paste);
    } catch (java.io.IOException e) {
      // The window was closed: the test has failed, and says why.
      return;
    }
  }
}
