package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who is found by a look at all processes. */
@Timeout(30)
class ProcessListingTest {
  private Process child;

  @AfterEach
  void endTheChild() throws InterruptedException {
    if (child != null) {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void allAreHandedOverOnceTheNewestFirst() throws IOException {
    child = new ProcessBuilder("sleep", "600").start();
    List<Long> ids = new ArrayList<>();

    ProcessTable.forEach(entry -> ids.add(entry.pid()));

    assertThat(ids).doesNotHaveDuplicates().contains(child.pid(), ProcessHandle.current().pid());
    assertThat(ids.indexOf(child.pid())).isLessThan(ids.indexOf(ProcessHandle.current().pid()));
  }

  @Test
  void whoIsStartedDuringALookIsFoundByIt() throws IOException {
    List<Long> ids = new ArrayList<>();

    ProcessTable.forEach(
        entry -> {
          ids.add(entry.pid());
          if (child == null) {
            child = start("sleep", "600");
          }
        });

    assertThat(ids).contains(child.pid());
  }

  @Test
  void aLookComesToAnEndHoweverManyAreStartedMeanwhile() throws Exception {
    List<Process> started = new ArrayList<>();
    try {
      // Each look at somebody new finds one more.
      ProcessTable.forEach(
          entry -> {
            if (started.size() < 100 && (started.isEmpty() || isNewest(started, entry))) {
              started.add(start("sleep", "600"));
            }
          });
      assertThat(started).hasSizeBetween(10, 60);
    } finally {
      started.forEach(Process::destroyForcibly);
      for (Process each : started) {
        each.waitFor();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoIsOlderThanARunIsLeftOutUnlessTheClockWasSetBack() {
    long now = System.currentTimeMillis();
    long tomorrow = now + 86_400_000;
    long own = ProcessHandle.current().pid();

    assertThat(pidsSince(new Beginning(tomorrow, now, System.nanoTime()))).doesNotContain(own);
    assertThat(pidsSince(new Beginning(tomorrow, tomorrow, System.nanoTime()))).contains(own);
    assertThat(pidsSince(new Beginning(ProcessTable.folder(own)))).contains(own);
  }

  private static List<Long> pidsSince(Beginning run) {
    List<Long> pids = new ArrayList<>();
    ProcessTable.forEachSince(run, entry -> pids.add(entry.pid()));
    return pids;
  }

  private static boolean isNewest(List<Process> started, ProcessTable.Entry entry) {
    return started.get(started.size() - 1).pid() == entry.pid();
  }

  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
