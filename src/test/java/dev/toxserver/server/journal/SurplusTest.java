package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurplusTest {
  private static final int LIMIT = 12;

  private final Map<RunId, Long> places = new HashMap<>();
  private int looked;

  @Test
  void whoeverIsAskedForEachTimeGoesAsIfAllHadBeenLookedAt() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      long mostWeight = 1_000 + random.nextInt(20_000);
      Surplus surplus = new Surplus(this::place, LIMIT, mostWeight);
      List<RunLog> kept = new ArrayList<>();
      for (int number = 0; number < 80; number++) {
        RunLog log = random(random, number);
        kept.add(log);
        surplus.add(log);
        if (random.nextInt(4) > 0) {
          Set<RunLog> gone = gone(kept, mostWeight);
          assertThat(surplus.take()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(gone);
          kept.removeAll(gone);
        }
      }
    }
  }

  @Test
  void ofALoopThatPassesOnlyTheLastRoundsAreKeptAndThatItFailedIsNot() {
    Surplus surplus = new Surplus(this::place, 100, Long.MAX_VALUE);
    Optional<RunId> loop = Optional.of(new RunId("loop"));
    List<RunLog> rounds = new ArrayList<>();
    for (int number = 1; number <= Surplus.MOST_ROUNDS + 2; number++) {
      rounds.add(ended("r" + number, number, false, loop, 0, 1));
    }
    RunLog failed = ended("failed", 100, false, loop, 1, 1);
    rounds.forEach(surplus::add);
    surplus.add(failed);

    assertThat(surplus.take()).containsExactlyElementsOf(rounds.subList(0, 2));
    assertThat(surplus.take()).isEmpty();
  }

  @Test
  void ofARunThatIsAddedAgainWhatIsKnownLastCounts() {
    Surplus surplus = new Surplus(this::place, 2, Long.MAX_VALUE);
    RunLog first = ended("first", 1, false, Optional.empty(), 0, 1);
    RunLog second = ended("second", 2, false, Optional.empty(), 0, 1);
    surplus.add(first);
    surplus.add(second);
    places.put(first.id(), 3L);
    surplus.add(first);
    assertThat(surplus.take()).isEmpty();

    surplus.add(ended("third", 4, false, Optional.empty(), 0, 1));
    assertThat(surplus.take()).containsExactly(second);
  }

  @Test
  void oneMoreIsNoReasonToLookAtAllOthers() {
    Surplus surplus = new Surplus(this::place, 1_000, Long.MAX_VALUE);
    for (int number = 0; number < 1_000; number++) {
      surplus.add(ended("r" + number, number, false, Optional.empty(), 0, 1));
    }
    looked = 0;

    surplus.add(ended("last", 1_000, false, Optional.empty(), 0, 1));

    assertThat(surplus.take()).extracting(log -> log.id().value()).containsExactly("r0");
    assertThat(looked).isEqualTo(1);
  }

  /** The rule, in as many words: the last ends first, those of each kind are counted. */
  private Set<RunLog> gone(List<RunLog> all, long mostWeight) {
    Set<RunLog> gone = new HashSet<>();
    Map<RunId, Integer> rounds = new HashMap<>();
    Map<Boolean, Integer> counts = new HashMap<>();
    long weight = 0;
    List<RunLog> lastFirst = new ArrayList<>(all);
    lastFirst.sort(Comparator.comparingLong((RunLog log) -> place(log.record())).reversed());
    for (RunLog log : lastFirst) {
      RunRecord run = log.record();
      boolean passed = run.exit().orElseThrow().returncode() == 0;
      Optional<RunId> loop = run.asked().round().map(Round::loop).filter(name -> passed);
      if (loop.isPresent() && rounds.merge(loop.get(), 1, Integer::sum) > Surplus.MOST_ROUNDS) {
        gone.add(log);
        continue;
      }
      boolean isOneMore = counts.merge(run.invocation().exec(), 1, Integer::sum) > LIMIT;
      weight += isOneMore ? 0 : run.weight();
      if (isOneMore || weight > mostWeight) {
        gone.add(log);
      }
    }
    return gone;
  }

  private RunLog random(Random random, int number) {
    Optional<RunId> loop =
        Optional.of(new RunId("l" + random.nextInt(3))).filter(any -> random.nextBoolean());
    // Many overtake others, and no two end at the same time.
    long place = random.nextInt(60) * 100L + number;
    return ended(
        "r" + number, place, random.nextInt(3) == 0, loop, random.nextInt(2), random.nextInt(500));
  }

  private RunLog ended(
      String id, long place, boolean exec, Optional<RunId> loop, int returncode, int characters) {
    Invocation invocation = new Invocation(List.of("x".repeat(characters)), Optional.empty(), exec);
    Request.Run request =
        new Request.Run(new RunId(id), invocation, Optional.empty(), false, Optional.empty());
    RunRecord record = RunRecord.accepted(request, loop.map(name -> new Round(name, 1)));
    places.put(record.id(), place);
    RunEvent.Exit exit = new RunEvent.Exit(0, returncode, false, Optional.empty());
    return new RunLog(record.ended(exit), null);
  }

  private long place(RunRecord run) {
    looked++;
    return places.get(run.id());
  }
}
