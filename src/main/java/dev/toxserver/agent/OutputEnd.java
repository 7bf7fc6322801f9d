package dev.toxserver.agent;

import dev.toxserver.client.paths.Problem;
import dev.toxserver.client.paths.ProblemLines;
import dev.toxserver.client.paths.TextLines;
import dev.toxserver.protocol.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is held of a run's output while it passes: its last lines, and the first places where it
 * says that something is wrong. However much comes, it takes less than 1 MiB. For one thread at a
 * time.
 */
public final class OutputEnd {
  /** More problems are counted only. */
  static final int MOST_PROBLEMS = 50;

  /** So many bytes of a line are held. */
  static final int LINE_BYTES = 300;

  private static final int BYTES = 8 * 1024;
  private static final Pattern WARNING = Pattern.compile("[\\w.]*Warning\\b.*");

  private final Deque<String> last = new ArrayDeque<>();
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final TextLines out = textLines();
  private final TextLines err = textLines();
  private int lastBytes;
  private int problemCount;

  /** Takes in the next bytes of output. */
  public void take(Stream stream, byte[] data) {
    (stream == Stream.STDOUT ? out : err).take(data);
  }

  /** The last lines that are not blank, as plain text, each of at most 300 bytes of UTF-8. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(last);
    for (TextLines begun : List.of(out, err)) {
      String line = shown(begun.begun());
      if (!line.isBlank()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The first that were found, each once. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** How many were found. */
  int problemCount() {
    return problemCount;
  }

  private TextLines textLines() {
    ProblemLines found = new ProblemLines(this::found);
    return new TextLines(
        line -> {
          found.line(line);
          hold(shown(line));
        });
  }

  private static String shown(String line) {
    return PlainText.cut(PlainText.clean(line).stripTrailing(), LINE_BYTES);
  }

  private void hold(String line) {
    if (line.isBlank()) {
      return;
    }
    last.add(line);
    lastBytes += PlainText.bytes(line);
    while (lastBytes > BYTES) {
      lastBytes -= PlainText.bytes(last.remove());
    }
  }

  private void found(Problem problem) {
    if (WARNING.matcher(problem.message()).matches() || problems.contains(problem)) {
      return;
    }
    problemCount++;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }
}
