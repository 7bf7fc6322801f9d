package dev.toxserver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private final Queue<Runnable> context = new ArrayDeque<>();
  private final List<String> taken = new ArrayList<>();
  private final Handover handover = new Handover(context::add, 10_000);

  @Test
  void whatIsToldIsTakenInOrder() {
    give("a", 100);
    give("b", 100);
    takeAll();

    assertThat(taken).containsExactly("a", "b");
  }

  @Test
  void whatIsMoreThanMayWaitIsDropped() {
    give("a", 6_000);
    give("b", 6_000);
    give("c", 1_000);
    takeAll();

    assertThat(taken).containsExactly("a", "c");
  }

  @Test
  void whatWasTakenMakesRoom() {
    for (int i = 0; i < 50; i++) {
      give("a", 6_000);
      takeAll();
    }

    assertThat(taken).hasSize(50);
  }

  @Test
  void smallMessagesAreBoundedToo() {
    for (int i = 0; i < 1_000; i++) {
      give("a", 0);
    }

    assertThat(context).hasSizeLessThan(20);
  }

  private void give(String what, long bytes) {
    handover.give(bytes, () -> taken.add(what));
  }

  private void takeAll() {
    while (!context.isEmpty()) {
      context.remove().run();
    }
  }
}
