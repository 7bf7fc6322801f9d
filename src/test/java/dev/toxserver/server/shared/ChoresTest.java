package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one of the hubs does for all: tickets that are gone, and runs that are forgotten. */
class ChoresTest {
  private static final Fact.Asked ASKED = TestFacts.asked("a");
  private static final Life LIFE = ASKED.life();

  private final Bucket bucket = new Bucket();
  private final Facts facts = bucket.mirror(null).facts();
  private final MemoryWork work = new MemoryWork();
  private final MemoryStore store = new MemoryStore();
  private final Tickets tickets = new Tickets(facts, work);
  private final Forgetting forgetting = new Forgetting(facts, () -> true, store);

  @Test
  void aRunThatWaitsOnceMoreIsGivenAnotherTicket() {
    placedAndLost();
    work.parked.add("a");

    tickets.tick(true);
    tickets.tick(true);

    assertThat(work.made).containsExactly("a");
  }

  @Test
  void aRunWhoseTicketIsGoneForGoodEnds() {
    bucket.write(ASKED);
    for (int i = 0; i < 9; i++) {
      tickets.tick(true);
    }
    assertThat(facts.find(LIFE).orElseThrow().end()).as("a replica may be behind").isEmpty();

    tickets.tick(true);

    Fact.Ended end = facts.find(LIFE).orElseThrow().end().orElseThrow();
    assertThat(end.exit().returncode()).isEqualTo(126);
    assertThat(end.exit().error()).contains("the run was lost from the queue; start it again");
  }

  @Test
  void aRunThatHasItsTicketWaitsOn() {
    bucket.write(ASKED);
    work.there.add("a");
    for (int i = 0; i < 50; i++) {
      tickets.tick(true);
    }
    assertThat(facts.find(LIFE).orElseThrow().state()).isEqualTo(RunFacts.State.QUEUED);
  }

  @Test
  void ofManyThatWaitAllAreLookedAtOneAfterTheOther() {
    for (int i = 0; i < 50; i++) {
      bucket.write(TestFacts.asked("r" + i));
      work.there.add("r" + i);
    }
    for (int i = 0; i < 3; i++) {
      tickets.tick(true);
    }
    assertThat(work.looked).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void whatIsForgottenIsRemovedAndTriedAgainIfThatFails() {
    bucket.write(ASKED);
    bucket.write(TestFacts.ended(LIFE, 1, 0));
    facts.forget(LIFE.run());
    store.fails = true;
    forgetting.tick(true);
    assertThat(store.removed).isEmpty();

    store.fails = false;
    forgetting.tick(true);
    forgetting.tick(true);

    assertThat(store.removed).containsExactly("a");
  }

  @Test
  void aHubThatIsNotTheOneRemembersItForAWhileInCaseThatDies() {
    for (String id : List.of("a", "b")) {
      bucket.write(TestFacts.asked(id));
      bucket.write(TestFacts.ended(new Life(new RunId(id), 1), 1, 0));
    }
    facts.forget(new RunId("a"));
    for (int i = 0; i < 61; i++) {
      forgetting.tick(false);
    }
    facts.forget(new RunId("b"));
    forgetting.tick(false);

    forgetting.tick(true);

    assertThat(store.removed).containsExactly("b");
  }

  @Test
  void theVariablesOfARunThatMightHaveBeenRetriedGoWithItsEnd() {
    bucket.write(TestFacts.asked(LIFE, ASKED.request().invocation(), true));
    assertThat(store.unparked).isEmpty();

    bucket.write(TestFacts.ended(LIFE, 1, 0));

    assertThat(store.unparked).containsExactly("a");
  }

  private void placedAndLost() {
    bucket.write(TestFacts.asked(LIFE, ASKED.request().invocation(), true));
    bucket.write(TestFacts.placed(LIFE, 1, "r1"));
    bucket.write(new Fact.Again(LIFE, 1, 3, "r1 is gone"));
  }

  private static final class MemoryWork implements Tickets.Work {
    private final Set<String> there = new HashSet<>();
    private final Set<String> parked = new HashSet<>();
    private final List<String> looked = new ArrayList<>();
    private final List<String> made = new ArrayList<>();

    @Override
    public Future<Boolean> isThere(RunFacts run) {
      String id = run.life().run().value();
      looked.add(id);
      return Future.succeededFuture(there.contains(id));
    }

    @Override
    public Future<Boolean> makeAgain(RunFacts run) {
      String id = run.life().run().value();
      made.add(id);
      there.add(id);
      return Future.succeededFuture(parked.contains(id));
    }
  }

  private static final class MemoryStore implements Forgetting.Store {
    private final List<String> removed = new ArrayList<>();
    private final List<String> unparked = new ArrayList<>();
    private boolean fails;

    @Override
    public Future<?> remove(RunFacts run) {
      if (fails) {
        return Future.failedFuture("no leader");
      }
      removed.add(run.life().run().value());
      return Future.succeededFuture();
    }

    @Override
    public Future<?> removeOutput(RunFacts run) {
      throw new AssertionError("there is room");
    }

    @Override
    public Future<?> removeTickets(RunFacts run) {
      unparked.add(run.life().run().value());
      return Future.succeededFuture();
    }
  }
}
