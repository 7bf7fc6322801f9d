package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.server.runners.Roster;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private final RunQueue queue = queue(1, 2);
  private final Run first = run("first");
  private final Run second = run("second");
  private final Run third = run("third");

  @Test
  void whoComesFirstIsServedFirst() {
    addAll(first, second, third);

    assertThat(queue.startNext()).contains(first);
    queue.remove(first);
    assertThat(queue.startNext()).contains(second);
    queue.remove(second);
    assertThat(queue.startNext()).contains(third);
  }

  @Test
  void whoEndsWithoutHavingRunWaitsNoMore() {
    addAll(first, second);

    queue.remove(second);

    assertThat(second.isWaiting()).isFalse();
    assertThat(second.behind()).isEmpty();
  }

  @Test
  void noMoreRunsAreUnderWayThanThereAreJobs() {
    RunQueue two = queue(2, 2);
    List.of(first, second, third).forEach(two::add);

    assertThat(two.startNext()).contains(first);
    assertThat(two.startNext()).contains(second);
    assertThat(two.startNext()).isEmpty();
    assertThat(two.running()).isEqualTo(2);
    assertThat(two.waiting()).isEqualTo(1);
  }

  @Test
  void thoseThatWaitAreNumberedFromOneAndThoseThatRunAreZero() {
    addAll(first, second, third);
    assertThat(List.of(first.position(), second.position(), third.position()))
        .containsExactly(1, 2, 3);

    queue.startNext();
    assertThat(queue.renumber()).containsExactly(second, third);
    assertThat(List.of(first.position(), second.position(), third.position()))
        .containsExactly(0, 1, 2);
    assertThat(first.isWaiting()).isFalse();
    assertThat(second.isWaiting()).isTrue();
  }

  @Test
  void onlyThoseWhosePlaceHasChangedAreTold() {
    addAll(first, second, third);

    queue.remove(second);

    assertThat(queue.renumber()).containsExactly(third);
    assertThat(queue.renumber()).isEmpty();
  }

  @Test
  void aNewcomerDoesNotHideThatOthersHaveMoved() {
    addAll(first, second);
    queue.remove(first);

    queue.add(third);

    assertThat(third.position()).isEqualTo(2);
    assertThat(queue.renumber()).containsExactly(second);
    assertThat(second.position()).isEqualTo(1);
  }

  @Test
  void whoeverWaitsKnowsWhoIsBeforeIt() {
    addAll(first);
    queue.startNext();
    addAll(second, third);
    assertThat(List.of(behind(second), behind(third))).containsExactly("first", "second");

    queue.remove(first);
    queue.startNext();
    queue.renumber();
    assertThat(behind(third)).isEqualTo("second");
    assertThat(second.behind()).as("it waits no more").isEmpty();
  }

  @Test
  void whenTheOneBeforeIsTakenOutItIsTheOneBeforeThat() {
    addAll(first);
    queue.startNext();
    addAll(second, third);

    queue.remove(second);
    queue.renumber();

    assertThat(behind(third)).isEqualTo("first");
  }

  @Test
  void ofLongArgumentsOnlyTheFirstAreToldToTheOneBehind() {
    List<String> args = List.of("-e", "py311", "x".repeat(100_000));
    Run longest = run("long", args);
    addAll(longest, second);

    assertThat(second.behind().orElseThrow().args()).containsExactly("-e", "py311", "…");
  }

  @Test
  void itIsFullWhenNoMoreMayRunAndNoMoreMayWait() {
    addAll(first);
    queue.startNext();
    addAll(second);
    assertThat(queue.isFull(Labels.NONE)).isFalse();

    addAll(third);
    assertThat(queue.isFull(Labels.NONE)).isTrue();

    queue.remove(second);
    assertThat(queue.isFull(Labels.NONE)).isFalse();
  }

  @Test
  void withAQueueLimitOfZeroAFreeJobIsStillTaken() {
    RunQueue none = queue(1, 0);
    assertThat(none.isFull(Labels.NONE)).isFalse();

    none.add(first);
    none.startNext();

    assertThat(none.isFull(Labels.NONE)).isTrue();
  }

  @Test
  void aRunIsFoundWhereverItIs() {
    addAll(first, second);
    queue.startNext();

    assertThat(queue.find(first.id())).contains(first);
    assertThat(queue.find(second.id())).contains(second);
    assertThat(queue.find(third.id())).isEmpty();
    assertThat(queue.all()).containsExactly(first, second);
  }

  @Test
  void itIsEmptyWhenEveryRunIsTakenOut() {
    assertThat(queue.isEmpty()).isTrue();
    addAll(first, second);
    queue.startNext();

    queue.remove(second);
    assertThat(queue.isEmpty()).isFalse();
    queue.remove(first);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.all()).isEmpty();
  }

  @Test
  void whatIsCancelledWhileItWaitsNeverStartsButKeepsItsIdUntilItHasEnded() {
    addAll(first, second);
    queue.startNext();

    queue.cancel(second);
    assertThat(second.isWaiting()).isFalse();
    assertThat(queue.all()).containsExactly(first);
    assertThat(queue.waiting()).isZero();
    assertThat(queue.find(second.id())).contains(second);
    queue.remove(first);
    assertThat(queue.startNext()).isEmpty();
    assertThat(queue.isEmpty()).isFalse();

    queue.remove(second);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void programsOfExecAreBesideTheQueueAndNobodyWaitsForThem() {
    RunQueue both = new RunQueue(new ServerConfig.Places(1, 1, 1), roster(1));
    Run program = program("program");
    both.add(program);
    assertThat(program.isWaiting()).isFalse();
    assertThat(both.isFullBeside()).isTrue();
    assertThat(both.isFull(Labels.NONE)).isFalse();
    both.add(first);
    assertThat(first.behind()).isEmpty();
    assertThat(both.startNext()).contains(first);
    both.add(second);
    assertThat(behind(second)).isEqualTo("first");
    assertThat(both.running()).isEqualTo(2);
    assertThat(both.all()).containsExactly(first, program, second);

    both.remove(program);
    assertThat(both.isFullBeside()).isFalse();
    assertThat(both.running()).isEqualTo(1);
    assertThat(both.find(program.id())).isEmpty();
  }

  @Test
  void takingOutARunTwiceSparesALaterRunOfTheSameId() {
    addAll(first);
    queue.remove(first);
    Run later = run("first");
    addAll(later);

    queue.remove(first);
    assertThat(queue.find(later.id())).contains(later);

    queue.startNext();
    queue.remove(first);
    assertThat(queue.running()).isEqualTo(1);
  }

  @Test
  void aRunThatIsPutBackWaitsBeforeAllOthers() {
    addAll(first, second, third);
    queue.startNext();
    queue.renumber();

    queue.putBack(first);

    assertThat(queue.renumber()).containsExactly(second, third);
    assertThat(queue.all()).containsExactly(first, second, third);
    assertThat(List.of(first.position(), second.position(), third.position()))
        .containsExactly(1, 2, 3);
    assertThat(List.of(behind(second), behind(third))).containsExactly("first", "second");
  }

  @Test
  void whenARunEndsThatHasRunNobodyHasMoved() {
    addAll(first, second, third);
    queue.startNext();
    assertThat(queue.renumber()).containsExactly(second, third);

    queue.remove(first);

    assertThat(queue.renumber()).isEmpty();
    assertThat(List.of(second.position(), third.position())).containsExactly(1, 2);
  }

  @Test
  void theNameOfALoopIsTakenUntilTheLastOfItsRoundsHasEnded() {
    Run second = loop("loop").nextRound(new RunId("second"));
    Run third = second.nextRound(new RunId("third"));
    addAll(second, third);
    assertThat(queue.isTaken(new RunId("loop"))).isTrue();

    queue.remove(third);
    queue.remove(third);
    assertThat(queue.isTaken(new RunId("loop"))).isTrue();
    queue.remove(second);
    assertThat(queue.isTaken(new RunId("loop"))).isFalse();
  }

  private static Run loop(String id) {
    return new Run(
        new Request.Run(
            new RunId(id),
            new Invocation(List.of()),
            Optional.empty(),
            true,
            Optional.empty(),
            UserSide.UNKNOWN,
            Optional.empty(),
            false,
            OptionalInt.of(9),
            Optional.empty(),
            false));
  }

  private void addAll(Run... runs) {
    List.of(runs).forEach(queue::add);
  }

  private static RunQueue queue(int jobs, int limit) {
    return new RunQueue(new ServerConfig.Places(jobs, limit, 0), roster(jobs));
  }

  private static Roster roster(int jobs) {
    Roster roster = new Roster("test");
    roster.addLocal(jobs, Labels.NONE);
    return roster;
  }

  private static String behind(Run run) {
    return run.behind().orElseThrow().id().value();
  }

  private static Run run(String id) {
    return run(id, List.of());
  }

  private static Run program(String id) {
    Invocation bash = new Invocation(List.of("bash"), Optional.empty(), true);
    return new Run(new Request.Run(new RunId(id), bash, Optional.empty(), false, Optional.empty()));
  }

  private static Run run(String id, List<String> args) {
    return new Run(new Request.Run(new RunId(id), args, Optional.empty()));
  }
}
