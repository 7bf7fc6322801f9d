package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.protocol.UserSide;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a program finds that runs in a terminal: the one that this Java can give. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class TerminalRunTest {
  private TerminalRun run;

  @BeforeEach
  void aRunner(Vertx vertx) throws Exception {
    run = TerminalRun.acknowledged(vertx);
  }

  @Test
  void itsThreeStreamsAreATerminalOfTheRightSizeAndKindBeforeItsFirstByte() throws Exception {
    RunEvent.Started started =
        start("stty size; echo $TERM; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo three; exit 3");
    assertThat(started.terminal()).contains(TerminalRun.SIZE);
    assertThat(run.toTheEnd()).isEqualTo("30 100\r\nxterm-256color\r\nthree\r\n");
    assertThat(run.exit().returncode()).isEqualTo(3);
  }

  @Test
  void whatIsTypedIsReadAndShown() throws Exception {
    start("read -r line; echo \"<$line>\"");
    assertThat(run.type("hällo\r").await()).isEqualTo(7);
    assertThat(run.toTheEnd()).isEqualTo("hällo\r\n<hällo>\r\n");
  }

  @Test
  void anErasedLetterLeavesNothingOfItself() throws Exception {
    start("echo up; read -r line; echo \"<$line>\"");
    run.until("up");
    run.type("ä\177x\r");
    assertThat(run.toTheEnd()).endsWith("<x>\r\n");
  }

  @Test
  void interruptsAndQuitsAreTypedAndReachTheProgram() throws Exception {
    start("trap 'echo interrupted' INT; echo up; while :; do sleep 0.02; done");
    run.until("up");
    run.type("\3");
    run.until("interrupted");
    run.type("\34");
    assertThat(run.exit().returncode()).isEqualTo(128 + 3);
    assertThat(run.exit().cancelled()).isFalse();
  }

  @Test
  void aPasswordIsNotShown() throws Exception {
    start("stty -echo; echo ready; read -r word; echo \"<$word>\"");
    run.until("ready");
    run.type("secret\r");
    assertThat(run.toTheEnd()).isEqualTo("ready\r\n<secret>\r\n");
  }

  @Test
  void thatItWaitsForKeysIsToldOnceInEachSilenceAndNotOfOneThatIsBusy() throws Exception {
    start("read -r line; sleep 2.5; echo up; read -r line");
    assertThat(run.next()).isEqualTo(new RunEvent.KeysAwaited(1));
    run.type("\r");
    run.until("up");
    assertThat(run.next()).isInstanceOf(RunEvent.KeysAwaited.class);
    run.type("\r");
    assertThat(run.exit().seq()).isLessThan(9);
  }

  @Test
  void anotherSizeIsToldWhileTheProgramRuns() throws Exception {
    start("trap 'stty size; exit 0' WINCH; echo up; while :; do sleep 0.02; done");
    run.until("up");
    run.resize(new TerminalSize(77, 11));
    assertThat(run.toTheEnd()).endsWith("11 77\r\n");
  }

  @Test
  void theProgramLeadsTheTerminalsForegroundAndHasJobControl() throws Exception {
    run.start(TerminalRun.IN_TERMINAL, "bash", "--norc", "-i");
    run.type("sleep 600 & echo job=$!; jobs\r");
    String shown = run.until("Running");
    assertThat(shown).doesNotContain("no job control");
    run.type("exit\r");
    assertThat(run.exit().returncode()).isZero();
  }

  @Test
  void theEndOfTheInputIsTypedOnceAndInALineTwice() throws Exception {
    start("cat; echo; echo end; cat; echo more");
    run.type("line");
    run.input(4, new byte[0], true);
    run.until("end");
    run.cancel();
    assertThat(run.toTheEnd()).contains("lineline").doesNotContain("more");
  }

  @Test
  void aRunInPipesHasNone() throws Exception {
    RunEvent.Started started = run.start(UserSide.UNKNOWN, "sh", "-c", "tty; echo error >&2");
    assertThat(started.terminal()).isEqualTo(Optional.empty());
    assertThat(run.toTheEnd()).contains("not a tty").contains("error");
  }

  private RunEvent.Started start(String script) throws InterruptedException {
    return run.start(TerminalRun.IN_TERMINAL, "sh", "-c", script);
  }
}
