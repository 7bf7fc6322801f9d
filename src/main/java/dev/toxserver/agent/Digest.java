package dev.toxserver.agent;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Verdict;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to, for a reader with little room: how it ended, its environments, where tests
 * have failed, and if that does not explain it, how its output ends. Plain text, a line each; the
 * same for the same run.
 */
public final class Digest {
  /** The most bytes of UTF-8 for a run that has passed. */
  public static final int GREEN_BYTES = 300;

  /** The most bytes of UTF-8 for any other. */
  public static final int RED_BYTES = 4096;

  private static final int LINE_BYTES = 300;
  private static final int ENVIRONMENTS_BYTES = 800;

  /** Exit codes above that say which signal has ended a program, as in a shell. */
  private static final int SIGNALLED = 128;

  private final RunId run;
  private final Outcome outcome;
  private final OutputEnd output;
  private final ProjectPaths paths;
  private final Optional<RunEvent.Exit> exit;
  private final Optional<RunResults> results;
  private final Optional<Environments> environments;

  private Digest(RunId run, Outcome outcome, OutputEnd output, ProjectPaths paths) {
    this.run = run;
    this.outcome = outcome;
    this.output = output;
    this.paths = paths;
    Optional<Outcome.Exited> exited =
        outcome instanceof Outcome.Exited known ? Optional.of(known) : Optional.empty();
    exit = exited.map(Outcome.Exited::exit);
    results = exited.flatMap(Outcome.Exited::results);
    environments = results.map(Environments::new);
  }

  /**
   * Makes one. Blocks: the user's files are looked for.
   *
   * @param outcome how it ended; or why nobody knows, or {@link Outcome.Shown} if it has not
   * @param output what is held of its output
   * @param paths which of the user's files a path in it means
   * @return lines that each have an end
   */
  public static String of(RunId run, Outcome outcome, OutputEnd output, ProjectPaths paths) {
    return new Digest(run, outcome, output, paths).text();
  }

  /** How a run ended, and what is wrong first, in one line. Blocks: files are looked for. */
  static String line(RunId run, Outcome outcome, OutputEnd output, ProjectPaths paths) {
    Digest digest = new Digest(run, outcome, output, paths);
    Optional<String> why =
        digest.notes().stream()
            .findFirst()
            .map(PlainText::clean)
            .or(() -> Failures.first(digest.results, output, paths))
            .or(() -> output.lines().stream().reduce((earlier, later) -> later));
    return digest.heading() + why.map(": "::concat).orElse("");
  }

  private String text() {
    boolean good = exit.filter(RunEvent.Exit::isGood).isPresent();
    String whole = "Whole output: tox-server logs " + run + "\n";
    BoundedText text = new BoundedText((good ? GREEN_BYTES : RED_BYTES) - whole.length());
    text.add(heading(), LINE_BYTES);
    notes().forEach(note -> text.add(PlainText.clean(note), LINE_BYTES));
    environments.ifPresent(all -> addEnvironments(all, text));
    if (!good) {
      addReasons(text);
    }
    return text + whole;
  }

  private String heading() {
    if (exit.isEmpty()) {
      return outcome instanceof Outcome.Shown
          ? "still running"
          : PlainText.clean(outcome.why().orElse("its end is unknown"));
    }
    int code = exit.get().returncode();
    String tests = environments.map(Environments::tests).orElse("");
    return Verdict.words(exit.get())
        + (code == 0 ? "" : ", exit code " + code)
        + (wasSignalled() ? " (signal " + (code - SIGNALLED) + ")" : "")
        + (tests.isEmpty() ? "" : ": tests " + tests);
  }

  /** What else there is to say of it, a line each. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    exit.flatMap(RunEvent.Exit::error).ifPresent(notes::add);
    if (outcome instanceof Outcome.Exited exited && exited.incomplete()
        || outcome instanceof Outcome.Shown shown && shown.incomplete()) {
      notes.add("some of its output is missing");
    }
    results.flatMap(RunResults::notice).ifPresent(notes::add);
    return notes;
  }

  private static void addEnvironments(Environments all, BoundedText text) {
    List<String> bad = all.bad();
    text.addFirst(bad, bad.size(), "environments that failed", ENVIRONMENTS_BYTES);
    all.others().forEach(line -> text.add(line, LINE_BYTES));
  }

  private void addReasons(BoundedText text) {
    Failures failures = Failures.of(results, output, paths);
    boolean explained = isExplained();
    text.addFirst(
        failures.entries(),
        failures.count(),
        failures.what(),
        explained ? text.left() : text.left() / 2);
    if (explained) {
      return;
    }
    List<String> end = output.lines();
    text.add(end.isEmpty() ? "It has printed nothing." : "Its output ends so:", LINE_BYTES);
    text.addLast(end.stream().map(line -> "  " + paths.inLine(line)).toList());
  }

  /**
   * Whether the tests that have failed say all: a run that was killed, or not set up, says more.
   */
  private boolean isExplained() {
    boolean endedByItself =
        exit.filter(end -> !end.cancelled() && !end.lost() && end.error().isEmpty()).isPresent()
            && !wasSignalled();
    List<String> failed = results.map(RunResults::failed).orElse(List.of());
    return endedByItself
        && !failed.isEmpty()
        && environments.filter(Environments::failedByTests).isPresent();
  }

  private boolean wasSignalled() {
    return exit.filter(end -> end.returncode() > SIGNALLED).isPresent();
  }
}
