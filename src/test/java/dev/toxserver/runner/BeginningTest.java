package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BeginningTest {
  private static final long HOUR = 3_600_000;

  private final File own = ProcessTable.folder(ProcessHandle.current().pid());

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoWasLookedAtWellBeforeTheRunBeganIsOlder() {
    long seen = own.lastModified();

    assertThat(beganAt(seen + 2_001).isAfter(own)).isTrue();
    assertThat(beganAt(seen + 2_000).isAfter(own)).isFalse();
    assertThat(beganAt(seen - 1).isAfter(own)).isFalse();
  }

  @Test
  void whoIsGoneIsNotKnownToBeOlder() {
    File gone = ProcessTable.folder(Integer.MAX_VALUE);

    assertThat(beganAt(System.currentTimeMillis() + HOUR).isAfter(gone)).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRunWhoseProgramIsGoneTellsNobodyToBeOlder() {
    assertThat(new Beginning(ProcessTable.folder(Integer.MAX_VALUE)).isAfter(own)).isFalse();
  }

  @Test
  void nothingCanBeToldWhenTheClockWasSetBack() {
    assertThat(clockWasMovedBy(-1_500).canTell()).isFalse();
    assertThat(clockWasMovedBy(-500).canTell()).isTrue();
    assertThat(clockWasMovedBy(0).canTell()).isTrue();
    assertThat(clockWasMovedBy(HOUR).canTell()).isTrue();
  }

  /** Nanoseconds count, too: an hour ago by both clocks is no difference. */
  @Test
  void aClockThatWentOnAsTheOtherWasNotMoved() {
    Beginning hourAgo =
        new Beginning(0, System.currentTimeMillis() - HOUR, System.nanoTime() - HOUR * 1_000_000);

    assertThat(hourAgo.canTell()).isTrue();
  }

  private static Beginning beganAt(long millis) {
    return new Beginning(millis, System.currentTimeMillis(), System.nanoTime());
  }

  private static Beginning clockWasMovedBy(long millis) {
    return new Beginning(0, System.currentTimeMillis() - millis, System.nanoTime());
  }
}
