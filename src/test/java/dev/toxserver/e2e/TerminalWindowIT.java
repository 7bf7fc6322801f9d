package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The terminal that other tests rely on is one. */
class TerminalWindowIT {
  @TempDir Path folder;

  @Test
  void itHasASizeAndAKindAndLeavesWithTheCommandsExitCode() throws Exception {
    try (TerminalWindow window = sh("tty; stty size; echo $TERM; [ -t 0 ] && exit 7")) {
      assertThat(window.exitCode()).isEqualTo(7);
      assertThat(window.out().text()).matches("/dev/pts/\\d+\r\n30 100\r\nxterm-256color\r\n");
    }
  }

  @Test
  void keysAreEchoedAndInterruptWhoIsInTheForeground() throws Exception {
    try (TerminalWindow window = sh("trap 'echo ouch; exit 3' INT; cat")) {
      window.type("abc\r");
      window.out().awaitText("abc\r\nabc\r\n");
      window.type("\003");
      assertThat(window.exitCode()).isEqualTo(3);
      assertThat(window.out().text()).endsWith("^Couch\r\n");
    }
  }

  @Test
  void aRawTerminalPassesEveryByteOfAPaste() throws Exception {
    byte[] paste = new byte[1 << 20];
    new Random(1).nextBytes(paste);
    try (TerminalWindow window = sh("stty raw -echo; echo on; head -c 1048576 | sha256sum")) {
      window.awaitRaw();
      window.type(paste);
      assertThat(window.exitCode()).isZero();
      byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(paste);
      assertThat(window.out().text()).contains(java.util.HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void aNewSizeIsToldToTheForegroundAndAClosedWindowHangsUp() throws Exception {
    String told =
        "trap 'stty size' WINCH; trap 'exit 129' HUP; echo up; while :; do sleep 0.1; done";
    try (TerminalWindow window = sh(told)) {
      window.out().awaitText("up");
      window.resize(60, 20);
      window.out().awaitText("20 60");
      assertThat(Proc.state(window.commandsPid())).isNotEqualTo('Z');
      window.hangUp();
      assertThat(window.exitCode()).isEqualTo(129);
    }
  }

  private TerminalWindow sh(String script) throws Exception {
    return TerminalWindow.open(folder, Map.of(), "sh", "-c", script);
  }
}
