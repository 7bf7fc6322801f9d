package dev.toxserver.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What docs/protocol.md shows in its fenced blocks. */
final class ProtocolDocument {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final List<MatchResult> blocks;

  /**
   * A line of a recording.
   *
   * @param text a frame, or "closes" for a server that closes the connection
   */
  record Line(boolean fromClient, String text) {
    static Line of(String line) {
      boolean fromClient = line.startsWith("client ");
      if (!fromClient && !line.startsWith("server ")) {
        throw new AssertionError("neither the client's nor the server's: " + line);
      }
      return new Line(fromClient, line.substring("client ".length()));
    }

    boolean isEnd() {
      return !fromClient && text.equals("closes");
    }
  }

  ProtocolDocument() throws IOException {
    blocks = BLOCK.matcher(Files.readString(Path.of("docs", "protocol.md"))).results().toList();
  }

  /** The script that stood for tox. */
  String script() {
    return String.join("\n", linesOf("sh"));
  }

  /** The one whole session, which is cut into several blocks. */
  List<Line> session() {
    return linesOf("session").stream().map(Line::of).toList();
  }

  /** The session of a client that comes back. */
  List<Line> late() {
    return linesOf("late").stream().map(Line::of).toList();
  }

  /** What is refused, each a connection of its own: the client's lines, then the server's. */
  List<List<Line>> refusals() {
    List<List<Line>> cases = new ArrayList<>();
    boolean afterServer = true;
    for (String text : linesOf("refusals")) {
      Line line = Line.of(text);
      if (line.fromClient() && afterServer) {
        cases.add(new ArrayList<>());
      }
      cases.get(cases.size() - 1).add(line);
      afterServer = !line.fromClient();
    }
    return cases;
  }

  private List<String> linesOf(String language) {
    List<String> lines =
        blocks.stream()
            .filter(block -> block.group(1).equals(language))
            .flatMap(block -> block.group(2).lines())
            .toList();
    if (lines.isEmpty()) {
      throw new AssertionError("docs/protocol.md has no block of " + language);
    }
    return lines;
  }
}
