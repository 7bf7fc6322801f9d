package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a run ends that has a terminal: nothing is lost, and nothing is left. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class TerminalEndTest {
  private static final Pattern JOB = Pattern.compile("job=(\\d+)");

  /** More than the window, and no more than a terminal holds behind that. */
  @Test
  void whatWasPrintedBeforeTheHangUpArrivesThoughNobodyTookIt(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.notAcknowledged(vertx, 4096);
    start(run, "head -c 10000 /dev/zero | tr '\\0' x; printf end");
    String shown = run.toTheEnd();
    assertThat(shown).hasSize(10_003).endsWith("end");
  }

  @Test
  void noneOfManyShortRunsLosesItsLastWordsOrItsExitCode(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    for (int n = 1; n <= 50; n++) {
      start(run, "printf 'word %d'; exit 3".formatted(n));
      assertThat(run.toTheEnd()).isEqualTo("word " + n);
      assertThat(run.exit().returncode()).isEqualTo(3);
      run.again();
    }
  }

  @Test
  void theJobsOfAnInteractiveShellEndWithItInAllGroups(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    run.start(TerminalRun.IN_TERMINAL, "bash", "--norc", "-i");
    run.type("trap '' HUP; sleep 600 & echo job=$!; setsid sleep 601 & sleep 602\r");
    run.until("job=");
    long job = pid(run.until("\n[2]"));
    run.cancel();
    assertThat(run.exit().cancelled()).isTrue();
    assertThat(ProcessHandle.of(job).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(ProcessHandle.current().children().filter(TerminalEndTest::sleeps)).isEmpty();
  }

  @Test
  void whatIgnoresTheHangUpIsEndedWhenTheProgramHasEnded(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    start(run, "trap '' HUP; sleep 600 & echo job=$!; exit 5");
    long job = pid(run.toTheEnd());
    assertThat(run.exit().returncode()).isEqualTo(5);
    assertThat(ProcessHandle.of(job).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aCancelInterruptsTheProgramAlone(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    start(
        run,
        "trap 'echo tidied; exit 9' INT; sh -c 'trap \"echo hit\" INT; echo up; sleep 0.1'; wait");
    run.until("up");
    run.cancel();
    assertThat(run.toTheEnd()).contains("tidied").doesNotContain("hit");
    assertThat(run.exit().returncode()).isEqualTo(9);
  }

  @Test
  void aRunThatIsCancelledAtItsGateEndsThere(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    run.startOnly(TerminalRun.IN_TERMINAL, "sleep", "600");
    run.type("early\n");
    run.cancel();
    assertThat(run.exit()).extracting(RunEvent.Exit::returncode).isEqualTo(130);
    run.again();
    run.startOnly(TerminalRun.WITH_STDIN, "sleep", "600");
    run.input(0, "early\n".getBytes(), false);
    run.cancel();
    assertThat(run.exit()).extracting(RunEvent.Exit::returncode).isEqualTo(130);
  }

  /** So does who goes into the background by halves. */
  @Test
  void aProgramMayCloseItsTerminalAndOpenItAgain(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    start(run, "echo one; exec <&- >&- 2>&-; sleep 0.3; echo two >/dev/tty; exit 4");
    assertThat(run.toTheEnd()).isEqualTo("one\r\ntwo\r\n");
    assertThat(run.exit().returncode()).isEqualTo(4);
  }

  @Test
  void noThreadAndNoTerminalIsLeft(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    start(run, "echo up; exec sleep 600");
    run.until("up");
    run.type("nobody reads this");
    run.cancel();
    run.toTheEnd();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("run-a")));
    assertThat(
            ProcessTable.holds(ProcessHandle.current().pid(), Set.of("/dev/ptmx", "/dev/pts/ptmx")))
        .isFalse();
  }

  /** Found neither by mark nor by group nor by descent. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "script ends with the program")
  void whoTookItsMarkOffIsEndedByTheTerminalThatItHolds(Vertx vertx) throws Exception {
    TerminalRun run = TerminalRun.acknowledged(vertx);
    start(
        run,
        """
        hide='ulimit -S -x unlimited 2>/dev/null || ulimit -S -w unlimited
          trap "" HUP; echo job=$$; exec sleep 600'
        (setsid sh -c "$hide" &)
        read -r line
        """);
    long hidden = pid(run.until("\n"));
    run.type("\r");
    run.toTheEnd();
    await().until(() -> ProcessTable.read(hidden).isEmpty());
  }

  private static void start(TerminalRun run, String script) throws InterruptedException {
    run.start(TerminalRun.IN_TERMINAL, "sh", "-c", script);
  }

  private static long pid(String shown) {
    Matcher matcher = JOB.matcher(shown.substring(shown.lastIndexOf("job=")));
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static boolean sleeps(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("sleep");
  }
}
