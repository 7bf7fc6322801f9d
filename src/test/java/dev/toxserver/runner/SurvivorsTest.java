package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SurvivorsTest {
  private final Mark mark = Mark.random();
  private final List<Process> started = new ArrayList<>();
  private final List<ProcessHandle> others = new ArrayList<>();
  private Guardian guardian;

  @BeforeEach
  void aGuardian() throws IOException {
    guardian = Guardian.start();
  }

  @AfterEach
  void endAll() throws Exception {
    started.forEach(Process::destroyForcibly);
    others.forEach(ProcessHandle::destroyForcibly);
    guardian.dismiss();
  }

  @Test
  void whoHasTheMarkIsEndedWhereverItIs() throws Exception {
    Process root = startMarked("sleep", "600");
    Process moved = startMarked("env", "-i", "setsid", "/bin/sleep", "600");
    Survivors survivors = new Survivors(root.pid(), false, mark, guardian);

    assertThat(survivors.kill()).isTrue();

    assertThat(root.waitFor()).isEqualTo(137);
    assertThat(moved.waitFor()).isEqualTo(137);
    assertThat(survivors.anyLeft()).isFalse();
  }

  @Test
  void whoIsOlderThanTheRunIsSparedWhateverSpeaksForIt() throws Exception {
    Process older = startMarked("sleep", "600");
    Process root = startMarked("sleep", "600");
    while (startTime(root) == startTime(older)) {
      // A tick of that clock is 10 ms.
      root = startMarked("sleep", "600");
    }

    new Survivors(root.pid(), false, mark, guardian).kill();

    assertThat(root.waitFor()).isEqualTo(137);
    assertThat(older.isAlive()).isTrue();
  }

  @Test
  void theServerAndItsGuardianAreSparedWhateverSpeaksForThem() throws Exception {
    Process child = startMarked("sleep", "600");
    long guardianId = Guardians.pid();

    new Survivors(ProcessHandle.current().pid(), false, mark, guardian).terminate();
    assertThat(child.waitFor()).isEqualTo(143);
    new Survivors(guardianId, true, mark, guardian).kill();

    Process witness = startMarked("sleep", "600");
    guardian.interrupt(witness.pid());
    assertThat(witness.waitFor()).as("the guardian lives, and does its work").isEqualTo(130);
  }

  @Test
  void whatTheRunHasStartedIsRememberedWhenItsParentsHaveDied() throws Exception {
    Process root = start("sh", "-c", "sh -c 'sleep 600 >/dev/null & echo $!; wait' & wait");
    long child = Long.parseLong(root.inputReader().readLine());
    long parent = ProcessTable.read(child).orElseThrow().parent();
    Survivors survivors = new Survivors(root.pid(), false, mark, guardian);
    Survivors late = new Survivors(root.pid(), false, mark, guardian);

    assertThat(survivors.anyLeft()).isTrue();
    root.descendants().filter(each -> each.pid() != child).forEach(ProcessHandle::destroyForcibly);
    root.destroyForcibly().waitFor();
    await().until(() -> ProcessTable.read(child).orElseThrow().parent() != parent);

    assertThat(late.anyLeft()).as("who has not looked before can't know").isFalse();
    assertThat(survivors.anyLeft()).isTrue();
    assertThat(survivors.kill()).isTrue();
    await().until(() -> ProcessTable.read(child).isEmpty());
    assertThat(survivors.anyLeft()).isFalse();
    assertThat(survivors.kill()).isFalse();
  }

  @Test
  void whoIsFoundByItsParentAloneIsEnded() throws Exception {
    Process root = start("sh", "-c", "sleep 600 >/dev/null & echo $!; wait");
    long child = Long.parseLong(root.inputReader().readLine());

    assertThat(new Survivors(root.pid(), false, mark, guardian).kill()).isTrue();

    assertThat(root.waitFor()).isEqualTo(137);
    await().until(() -> ProcessTable.read(child).isEmpty());
  }

  @Test
  void whoIsInTheGroupOfTheRunIsEndedAndNobodyElse() throws Exception {
    Process root = start("setsid", "sh", "-c", "sleep 600 >/dev/null & echo $!; read -r go");
    long child = Long.parseLong(root.inputReader().readLine());
    Process other = start("sleep", "600");
    Survivors survivors = new Survivors(root.pid(), true, mark, guardian);
    Survivors withoutGroup = new Survivors(root.pid(), false, mark, guardian);
    root.getOutputStream().close();
    root.waitFor();

    assertThat(withoutGroup.anyLeft()).isFalse();
    assertThat(survivors.kill()).isTrue();
    await().until(() -> ProcessTable.read(child).isEmpty());
    assertThat(other.isAlive()).isTrue();
  }

  /**
   * The kernel is told which process id it gave out last, so that the next is the run's old one.
   */
  @Test
  void aGroupThatHasEndedIsAnothersWhenItsNumberIsUsedAgain() throws Exception {
    Process root = startLeader();
    Process moved = startMarked("sleep", "600");
    Survivors survivors = new Survivors(root.pid(), true, mark, guardian);
    assertThat(survivors.anyLeft()).isTrue();
    root.destroyForcibly().waitFor();
    assertThat(survivors.anyLeft()).isTrue();

    startAs(root.pid());

    assertThat(survivors.kill()).isTrue();
    assertThat(moved.waitFor()).isEqualTo(137);
    assertThat(ProcessTable.read(root.pid())).as("who has the number now").isPresent();
    assertThat(survivors.anyLeft()).isFalse();
  }

  @Test
  void anInterruptGoesToTheProgramAlone() throws Exception {
    Process root = startMarked("sleep", "600");
    Process child = startMarked("sleep", "600");
    Survivors survivors = new Survivors(root.pid(), false, mark, guardian);

    survivors.interrupt();

    assertThat(root.waitFor()).isEqualTo(130);
    assertThat(child.isAlive()).isTrue();
    survivors.terminate();
    assertThat(child.waitFor()).isEqualTo(143);
  }

  @Test
  void aRunThatIsEntrustedEndsWithTheServerAndOneThatIsReleasedDoesNot() throws Exception {
    Process root = startMarked("sleep", "600");
    Mark anothers = Mark.random();
    Process released = startLeader();
    new Survivors(root.pid(), false, mark, guardian).entrust();
    Survivors over = new Survivors(released.pid(), true, anothers, guardian);
    over.entrust();
    over.release();

    guardian.dismiss();

    assertThat(root.waitFor()).isEqualTo(143);
    assertThat(released.isAlive()).isTrue();
  }

  /** A process that leads a group, and has this id: the kernel is told which it gave out last. */
  private void startAs(long pid) throws Exception {
    Path last = Path.of("/proc/sys/kernel/ns_last_pid");
    assumeTrue(Files.isWritable(last), "only root chooses process ids");
    String untilItHasTheId =
        "while echo $(($0 - 1)) >\"$1\"; do setsid sleep 600 >/dev/null & [ $! = \"$0\" ] && break;"
            + " kill $!; done; echo; wait";
    Process shell = start("sh", "-c", untilItHasTheId, Long.toString(pid), last.toString());
    shell.inputReader().readLine();
    ProcessHandle.of(pid).ifPresent(others::add);
    await().until(() -> entry(pid).group() == pid);
  }

  private Process startLeader() throws IOException {
    Process leader = start("setsid", "sleep", "600");
    await().until(() -> entry(leader.pid()).group() == leader.pid());
    return leader;
  }

  private static ProcessTable.Entry entry(long pid) {
    return ProcessTable.read(pid).orElseThrow();
  }

  private Process startMarked(String... command) throws IOException {
    List<String> gated =
        // What a script starts in the background ignores SIGINT, these tests perhaps among it.
        new ArrayList<>(List.of("env", "--default-signal=INT"));
    gated.addAll(List.of("sh", "-c", ShellScript.read("gate.sh"), "sh", mark.toString(), ""));
    gated.addAll(List.of(command));
    Process process = start(gated.toArray(String[]::new));
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    await().until(() -> ProcessTable.carries(process.pid(), mark));
    return process;
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static long startTime(Process process) {
    return entry(process.pid()).startTime();
  }
}
