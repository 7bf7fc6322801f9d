package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ProcessTableTest {
  private Process child;

  @AfterEach
  void endTheChild() throws InterruptedException {
    if (child != null) {
      child.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aChildIsListedUnderItsParentUntilItHasEnded() throws Exception {
    child = new ProcessBuilder("cat").start();

    ProcessTable.Entry entry = find(child.pid()).orElseThrow();
    assertThat(entry.parent()).isEqualTo(ProcessHandle.current().pid());
    assertThat(entry.handle()).contains(child.toHandle());

    child.getOutputStream().close();
    assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(find(child.pid())).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aCommandNameWithBlanksAndParenthesesIsNoTrap(@TempDir Path folder) throws IOException {
    Path cat = Path.of("/bin/cat").toRealPath();
    Path odd = Files.copy(cat, folder.resolve("a ) R 1 (2"));
    assertThat(odd.toFile().setExecutable(true)).isTrue();
    child = new ProcessBuilder(odd.toString()).start();

    assertThat(find(child.pid()).orElseThrow().parent()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theLeaderOfASessionIsInAGroupOfItsOwn() throws IOException {
    child = new ProcessBuilder("setsid", "cat").start();
    long ours = find(ProcessHandle.current().pid()).orElseThrow().group();

    ProcessTable.Entry entry = awaitGroup(child.pid());

    assertThat(entry.group()).isEqualTo(child.pid()).isNotEqualTo(ours);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aMarkIsInheritedByWhoeverHasAnEnvironmentAndASessionOfItsOwn() throws IOException {
    Mark mark = Mark.random();
    child =
        new ProcessBuilder(
                "sh",
                "-c",
                ShellScript.read("gate.sh"),
                "sh",
                mark.toString(),
                "",
                "setsid",
                "env",
                "-i",
                "/bin/sleep",
                "600")
            .start();
    child.getOutputStream().write('\n');
    child.getOutputStream().flush();

    await().until(() -> ProcessTable.carries(child.pid(), mark));
    assertThat(ProcessTable.carries(child.pid(), new Mark(mark.number() / 10))).isFalse();
    assertThat(ProcessTable.carries(child.pid(), Mark.random())).isFalse();
    assertThat(ProcessTable.carries(ProcessHandle.current().pid(), mark)).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatHasEndedButWhoseParentHasNotLookedIsGone() throws IOException {
    child =
        new ProcessBuilder(
                "sh", "-c", "exec 3<&0; sh -c 'read -r go <&3' & echo $!; exec sleep 600 3<&-")
            .start();
    long zombie = Long.parseLong(child.inputReader().readLine());
    await().until(() -> child.info().commandLine().orElse("").contains("sleep 600"));
    child.getOutputStream().close();

    await().until(() -> Files.readString(Path.of("/proc/" + zombie + "/stat")).contains(") Z "));
    assertThat(ProcessTable.read(zombie)).isEmpty();
  }

  @Test
  void aProcessIsNotAnotherThatHasItsIdNow() throws IOException {
    child = new ProcessBuilder("sleep", "600").start();
    ProcessTable.Entry now = ProcessTable.read(child.pid()).orElseThrow();

    assertThat(now.handle()).contains(child.toHandle());
    assertThat(new ProcessTable.Entry(now.pid(), now.startTime() - 1, 1, 1).handle()).isEmpty();
  }

  @Test
  void aProcessThatIsGoneIsNotThere() {
    assertThat(ProcessTable.read(Integer.MAX_VALUE)).isEmpty();
    assertThat(new ProcessTable.Entry(Integer.MAX_VALUE, 0, 1, 1).handle()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoHoldsAFileOpenIsToldByItsName(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("held"));
    child = new ProcessBuilder("sleep", "600").redirectError(file.toFile()).start();

    assertThat(ProcessTable.holds(child.pid(), Set.of("pipe:[0]", file.toString()))).isTrue();
    assertThat(ProcessTable.holds(child.pid(), Set.of("pipe:[0]"))).isFalse();
    assertThat(ProcessTable.holds(Integer.MAX_VALUE, Set.of(file.toString()))).isFalse();
  }

  @Test
  void aProcessThatIsGoneHasNoMark() {
    assertThat(ProcessTable.carries(Integer.MAX_VALUE, Mark.random())).isFalse();
  }

  @Test
  void aLineageGoesUpToTheFirstProcess() {
    Set<ProcessTable.Entry> lineage = ProcessTable.lineage(ProcessHandle.current().pid());

    assertThat(lineage)
        .extracting(ProcessTable.Entry::pid)
        .contains(ProcessHandle.current().pid(), 1L);
  }

  @Test
  void aProcessIsTheSameWhoeverItsParentIsNow() {
    ProcessTable.Entry seen = new ProcessTable.Entry(7, 100, 5, 7);

    assertThat(new ProcessTable.Entry(7, 100, 1, 7)).isEqualTo(seen).hasSameHashCodeAs(seen);
    assertThat(new ProcessTable.Entry(7, 101, 5, 7)).isNotEqualTo(seen);
    assertThat(new ProcessTable.Entry(8, 100, 5, 7)).isNotEqualTo(seen);
  }

  private static Optional<ProcessTable.Entry> find(long pid) {
    List<ProcessTable.Entry> all = new ArrayList<>();
    ProcessTable.forEach(all::add);
    return all.stream().filter(entry -> entry.pid() == pid).findFirst();
  }

  /** setsid needs a moment after it has started; the test's deadline ends a wait in vain. */
  private static ProcessTable.Entry awaitGroup(long pid) {
    while (true) {
      ProcessTable.Entry entry = find(pid).orElseThrow();
      if (entry.group() == pid || Thread.interrupted()) {
        return entry;
      }
    }
  }
}
