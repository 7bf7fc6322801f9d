package dev.toxserver.cli;

import dev.toxserver.agent.MatrixDigest;
import dev.toxserver.agent.OutputEnd;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.matrix.Display;
import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows nothing of a matrix's runs; in the end, a digest is printed on standard output. */
final class DigestScreen extends MatrixScreen {
  private final Terminal terminal;
  private final ProjectPaths paths;
  private List<OutputEnd> outputs = List.of();

  /**
   * Shows nothing yet.
   *
   * @param paths which of the user's files a path in the output means
   */
  DigestScreen(Terminal terminal, Optional<MatrixFoot> foot, Turns turns, ProjectPaths paths) {
    super(terminal, foot, turns);
    this.terminal = terminal;
    this.paths = paths;
  }

  @Override
  Display display(List<String> environments, boolean live, Runnable shown) {
    outputs = environments.stream().map(each -> new OutputEnd()).toList();
    return new Held(shown);
  }

  @Override
  void sayEnd(
      RunId name, List<MatrixCell> cells, List<Result> leftOut, long wallMillis, Runnable then) {
    List<Result> results = MatrixSummary.results(cells, leftOut);
    terminal.print(
        MatrixDigest.of(name, heading(results, wallMillis), failed(cells), others(results), paths)
            .stripTrailing());
    afterwards(then);
  }

  private static String heading(List<Result> results, long wallMillis) {
    if (results.stream().allMatch(result -> result.kind() == Result.Kind.SKIPPED)) {
      return "no runner can take any of them";
    }
    List<Result> ended =
        results.stream().filter(result -> result.kind() != Result.Kind.CANCELLED).toList();
    return MatrixSummary.words(ended, MatrixSummary.state(results), wallMillis);
  }

  private List<MatrixDigest.Failed> failed(List<MatrixCell> cells) {
    List<MatrixDigest.Failed> failed = new ArrayList<>();
    for (int number = 0; number < cells.size(); number++) {
      MatrixCell cell = cells.get(number);
      if (isFailed(cell.result())) {
        EnvironmentRun run = cell.run();
        failed.add(
            new MatrixDigest.Failed(
                run.environment(), run.id(), cell.outcome().orElseThrow(), outputs.get(number)));
      }
    }
    return failed;
  }

  private static boolean isFailed(Result result) {
    return !result.isGood() && result.kind() != Result.Kind.CANCELLED;
  }

  /** {@code passed: py311, lint}, a line for each of what else came of them. */
  private static List<String> others(List<Result> results) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    results.stream()
        .filter(result -> !isFailed(result))
        .forEach(
            result ->
                names
                    .computeIfAbsent(result.kind().word(), word -> new ArrayList<>())
                    .add(result.environment()));
    return names.entrySet().stream()
        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
        .toList();
  }

  private final class Held implements Display {
    private final Runnable shown;
    private int ended;

    private Held(Runnable shown) {
      this.shown = shown;
    }

    @Override
    public void begun(int run, String line) {}

    @Override
    public void output(int run, Stream stream, byte[] data) {
      outputs.get(run).take(stream, data);
    }

    @Override
    public void leaveOut(int run) {}

    @Override
    public void ended(int run, String line) {
      ended++;
      if (ended == outputs.size()) {
        shown.run();
      }
    }

    @Override
    public boolean isLive(int run) {
      return false;
    }
  }
}
