package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.RunFacts.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Whatever two hubs and two runners do, in whatever order, and whichever of them dies between any
 * two steps: a model of what {@code server.shared} and {@code runner.nats} do, walked through to
 * all its ends.
 */
class WorldTest {
  private static final int MOST_WORLDS = 200_000;

  @Test
  void aRunIsExecutedAtMostOnceAndEndsOnce() {
    assertThat(firstWrong(new World.Rules(false, false, true))).isEmpty();
  }

  @Test
  void soItDoesIfHubsTakeALivingRunnerForDead() {
    assertThat(firstWrong(new World.Rules(false, true, true))).isEmpty();
  }

  @Test
  void oneThatMayBeRetriedIsExecutedTwiceAtMostAndOnlyIfItsFirstRunnerIsDead() {
    assertThat(firstWrong(new World.Rules(true, false, true))).isEmpty();
  }

  @Test
  void aRunThatARunnerInventsNeverExists() {
    World world = new World(new World.Rules(false, false, true));
    for (int i = 0; i < 2; i++) {
      world.hubs.set(i, new World.Hub(0, Optional.empty()));
      world.runners.set(i, world.runners.get(i).in("claims"));
    }
    Optional<String> made =
        walk(
            world,
            new HashSet<>(),
            (each, atEnd) -> each.facts.stream().map(Fact::name).findFirst());

    assertThat(made).isEmpty();
  }

  @Test
  void ifANameCouldBeWrittenTwiceARunWouldBeExecutedTwice() {
    assertThat(firstWrong(new World.Rules(false, false, false)).orElseThrow())
        .contains("executed too often");
  }

  private static Optional<String> firstWrong(World.Rules rules) {
    Set<String> seen = new HashSet<>();
    Optional<String> wrong = walk(new World(rules), seen, WorldTest::wrong);
    if (wrong.isEmpty()) {
      assertThat(seen).as("what was walked through").hasSizeGreaterThan(100_000);
    }
    return wrong;
  }

  /** The shortest ways first, to all their ends or until there were very many worlds. */
  private static Optional<String> walk(
      World first, Set<String> seen, BiFunction<World, Boolean, Optional<String>> look) {
    Deque<World> open = new ArrayDeque<>();
    open.add(first);
    while (!open.isEmpty() && seen.size() < MOST_WORLDS) {
      World world = open.remove();
      List<World> next = WorldSteps.from(world);
      Optional<String> wrong = look.apply(world, next.isEmpty());
      if (wrong.isPresent()) {
        return wrong.map(what -> what + ": " + world.key());
      }
      next.stream().filter(each -> seen.add(each.key())).forEach(open::add);
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(World world, boolean atEnd) {
    if (Set.copyOf(world.started).size() < world.started.size()) {
      return Optional.of("a placement was started twice");
    }
    long alive = world.started.stream().filter(each -> !world.isDead(sessionOf(each))).count();
    if (alive > 1 || world.started.size() > (world.rules.retry() ? 2 : 1)) {
      return Optional.of("executed too often");
    }
    if (world.rules.once()
        && world.facts.stream().filter(Fact.Ended.class::isInstance).count() > 1) {
      return Optional.of("ended more than once");
    }
    if (world.logs.values().stream()
        .anyMatch(log -> log.stream().filter(each -> !each.equals("out")).count() > 1)) {
      return Optional.of("a log goes on after its end");
    }
    boolean walkedOut = world.ticket && world.deliveries == 0;
    boolean exists = world.ticket || !world.facts.isEmpty();
    if (atEnd && exists && !walkedOut && world.truth().state() != State.ENDED) {
      return Optional.of("never ends");
    }
    return Optional.empty();
  }

  private static String sessionOf(String started) {
    return started.substring(started.indexOf(' ') + 1);
  }
}
