package dev.toxserver.agent;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.protocol.RunId;
import java.util.List;

/**
 * What a matrix came to, for a reader with little room: a line for each environment that has
 * failed, with what is wrong first in it, and the names of the others.
 */
public final class MatrixDigest {
  private static final int LINE_BYTES = 400;

  /** What is kept for the names of those that have not failed. */
  private static final int OTHERS_BYTES = 600;

  private MatrixDigest() {}

  /**
   * An environment that has failed.
   *
   * @param outcome how its run ended, or why nobody knows
   * @param output what is held of its output
   */
  public record Failed(String environment, RunId run, Outcome outcome, OutputEnd output) {}

  /**
   * Makes one, of at most {@link Digest#GREEN_BYTES} if nothing has failed, else {@link
   * Digest#RED_BYTES}. Blocks: the user's files are looked for.
   *
   * @param heading how all of it ended
   * @param others what else came of environments, a line each
   * @param paths which of the user's files a path in the output means
   * @return lines that each have an end
   */
  public static String of(
      RunId matrix, String heading, List<Failed> failed, List<String> others, ProjectPaths paths) {
    String whole = "Whole output: tox-server logs " + matrix + "\n";
    int most = failed.isEmpty() ? Digest.GREEN_BYTES : Digest.RED_BYTES;
    BoundedText text = new BoundedText(most - whole.length());
    text.add(PlainText.clean(heading), LINE_BYTES);
    List<String> lines = failed.stream().map(each -> line(each, paths)).toList();
    text.addFirst(
        lines, lines.size(), "environments that failed", Math.max(0, text.left() - OTHERS_BYTES));
    others.forEach(line -> text.add(PlainText.clean(line), LINE_BYTES));
    return text + whole;
  }

  private static String line(Failed failed, ProjectPaths paths) {
    String line = Digest.line(failed.run(), failed.outcome(), failed.output(), paths);
    return PlainText.cut(
        PlainText.clean(failed.environment()) + " (" + failed.run() + ") " + line, LINE_BYTES);
  }
}
