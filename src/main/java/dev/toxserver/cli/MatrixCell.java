package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Verdict;
import dev.toxserver.matrix.Result;
import dev.toxserver.matrix.Tail;
import dev.toxserver.protocol.RunEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of one environment's run. All calls are on the main thread. */
final class MatrixCell {
  private static final String NOWHERE = "-";

  private final EnvironmentRun run;
  private final Tail tail = new Tail();

  private boolean accepted;
  private String runner = NOWHERE;
  private long begunNanos;
  private long endedNanos;
  private Optional<Outcome> outcome = Optional.empty();

  MatrixCell(EnvironmentRun run) {
    this.run = run;
  }

  EnvironmentRun run() {
    return run;
  }

  /** The server has the run, or will never have it; whether that is new. */
  boolean accept() {
    boolean before = accepted;
    accepted = true;
    return !before;
  }

  /** It runs, be it that its beginning is told or that it ran before it was followed. */
  void begin(String where) {
    runner = where;
    begunNanos = System.nanoTime();
  }

  void printed(byte[] data) {
    tail.add(data);
  }

  void end(Outcome how) {
    outcome = Optional.of(how);
    endedNanos = System.nanoTime();
  }

  boolean hasBegun() {
    return !runner.equals(NOWHERE);
  }

  boolean isRunning() {
    return hasBegun() && outcome.isEmpty();
  }

  /** It has yet to begin. */
  boolean isWaiting() {
    return !hasBegun() && outcome.isEmpty();
  }

  boolean hasEnded() {
    return outcome.isPresent();
  }

  /** When it ended, by {@link System#nanoTime}; for one that has. */
  long endedNanos() {
    return endedNanos;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  /** The last lines of its output. */
  List<String> lastLines() {
    return tail.lines();
  }

  /** {@code [RUN] py311 on worker-1 (ID)}. */
  String heading() {
    return "[RUN] " + run.environment() + " on " + runner + " (" + run.id() + ")";
  }

  /** {@code py311 worker-1 12 s}: while it runs. */
  String progress() {
    long seconds = LongRun.since(begunNanos) / 1_000;
    return run.environment() + "  " + runner + "  " + Verdict.time(seconds * 1_000);
  }

  /** How it ended; for one that has. */
  String verdict() {
    String words =
        outcome.orElseThrow() instanceof Outcome.Exited exited
            ? words(exited)
            : result().kind().word() + note(result());
    return run.environment() + ": " + words;
  }

  private String words(Outcome.Exited exited) {
    return Verdict.words(exited.exit())
        + exited.usual().map(Verdict::words).orElse("")
        + note(result());
  }

  private static String note(Result result) {
    return result.note().isEmpty() ? "" : " (" + result.note() + ")";
  }

  /** What came of it; for one that has ended. */
  Result result() {
    if (outcome.orElseThrow() instanceof Outcome.Exited exited) {
      return result(exited);
    }
    boolean wanted = !(outcome.get() instanceof Outcome.Interrupted);
    String why = outcome.get().why().orElse("");
    Result.Kind kind = wanted ? Result.Kind.UNKNOWN : Result.Kind.CANCELLED;
    return new Result(
        run.environment(), runner, kind, ExitCode.ERROR.number(), OptionalLong.empty(), why);
  }

  private Result result(Outcome.Exited exited) {
    RunEvent.Exit exit = exited.exit();
    boolean incomplete = exited.incomplete() && exit.returncode() == 0;
    return new Result(
        run.environment(),
        runner,
        kind(exit, incomplete),
        incomplete ? ExitCode.INCOMPLETE.number() : exit.returncode(),
        exit.durationMillis().map(OptionalLong::of).orElse(OptionalLong.empty()),
        incomplete ? "some of its output is missing" : exit.error().orElse(""));
  }

  private static Result.Kind kind(RunEvent.Exit exit, boolean incomplete) {
    if (exit.lost()) {
      return Result.Kind.LOST;
    }
    if (exit.cancelled()) {
      return Result.Kind.CANCELLED;
    }
    return exit.isGood() && !incomplete ? Result.Kind.PASSED : Result.Kind.FAILED;
  }
}
