package dev.toxserver.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Facts of runs that tests are told of. */
public final class TestFacts {
  private TestFacts() {}

  /** A run of tox whose client is at the hub h1. */
  public static Fact.Asked asked(String id) {
    return asked(new Life(new RunId(id), 1), new Invocation(List.of("run", "-e", "py")), false);
  }

  /** One that is retried once if it is lost. */
  public static Fact.Asked asked(Life life, Invocation invocation, boolean retryLost) {
    UserSide side =
        new UserSide(Optional.empty(), false, Optional.of(Map.of("SECRET", "hidden", "A", "b")));
    Request.Run request =
        new Request.Run(
            life.run(),
            invocation,
            Optional.of(2.5),
            false,
            Optional.empty(),
            side,
            Optional.empty(),
            false,
            OptionalInt.empty(),
            Optional.empty(),
            retryLost);
    return new Fact.Asked(
        life,
        request,
        List.of("A", "SECRET"),
        "n1",
        Optional.empty(),
        "h1",
        Optional.empty(),
        5,
        Optional.empty());
  }

  /** That a runner has it, in its session s. */
  public static Fact.Placed placed(Life life, int number, String runner) {
    return placed(life, number, runner, 40_000);
  }

  /** The same with the runner's own time, as in {@link RunnerJoin}. */
  public static Fact.Placed placed(Life life, int number, String runner, long goneMillis) {
    return new Fact.Placed(
        life, number, new Placement(new RunnerName(runner), "s", "p" + number, 0, goneMillis), 6);
  }

  /** That it has ended by itself. */
  public static Fact.Ended ended(Life life, int number, int returncode) {
    return new Fact.Ended(life, number, exit(4, returncode), Optional.empty(), 2, 7);
  }

  /** How a run ends by itself. */
  public static RunEvent.Exit exit(long seq, int returncode) {
    return new RunEvent.Exit(seq, returncode, false, Optional.of(1_500L), Optional.empty());
  }
}
