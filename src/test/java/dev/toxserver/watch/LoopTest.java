package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Change A = new Change(List.of("a.py"));
  private static final Change B = new Change(List.of("b.py"));

  private final List<String> told = new ArrayList<>();
  private final Loop loop =
      new Loop(
          new Loop.Runs() {
            @Override
            public void begin(Change cause) {
              told.add("begin " + cause);
            }

            @Override
            public void end() {
              told.add("end");
            }
          });

  @Test
  void theFirstRunWaitsForNoSave() {
    loop.start();
    assertThat(told).containsExactly("begin ");
  }

  @Test
  void aSaveAfterARunMakesTheNext() {
    loop.start();
    loop.ended();
    loop.saved(A);
    assertThat(told).containsExactly("begin ", "begin a.py");
  }

  @Test
  void aSaveDuringARunEndsItOnceAndTheNextBeginsWhenItHasEnded() {
    loop.start();
    loop.saved(A);
    loop.saved(B);
    assertThat(told).containsExactly("begin ", "end");
    assertThat(loop.isEnding()).isTrue();
    loop.ended();
    assertThat(told).containsExactly("begin ", "end", "begin b.py");
    assertThat(loop.isEnding()).isFalse();
  }

  @Test
  void aRunThatHasEndedByItselfIsFollowedByNone() {
    loop.start();
    loop.ended();
    assertThat(told).containsExactly("begin ");
    assertThat(loop.isRunning()).isFalse();
  }

  @Test
  void nothingBeginsOnceItIsClosed() {
    loop.start();
    loop.saved(A);
    loop.close();
    loop.ended();
    loop.saved(B);
    assertThat(told).containsExactly("begin ", "end");
  }

  @Test
  void aRunThatNobodyWantsIsEndedOnceAndFollowedByNone() {
    loop.start();
    loop.cancel();
    loop.cancel();
    loop.ended();
    loop.cancel();
    assertThat(told).containsExactly("begin ", "end");
  }

  @Test
  void savesAreOnlyNotedWhileItIsHeld() {
    loop.start();
    loop.hold();
    loop.saved(A);
    loop.saved(B);
    assertThat(told).containsExactly("begin ");
    loop.ended();
    loop.release();
    assertThat(told).containsExactly("begin ", "begin b.py");
  }

  @Test
  void aSaveWhileItIsHeldEndsTheRunThatStillGoesOnAfterwards() {
    loop.start();
    loop.hold();
    loop.saved(A);
    loop.release();
    assertThat(told).containsExactly("begin ", "end");
  }

  @Test
  void nothingFollowsAHoldWithoutASave() {
    loop.start();
    loop.ended();
    loop.hold();
    loop.release();
    assertThat(told).containsExactly("begin ");
  }
}
