package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.State.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateTest {
  private static final Path DOCUMENT = Path.of("docs", "architecture.md");

  @Test
  void theDocumentedTableIsTheCodes() throws IOException {
    List<String> documented;
    try (Stream<String> lines = Files.lines(DOCUMENT)) {
      documented =
          lines
              .map(line -> line.split(" *\\| *"))
              .filter(StateTest::isRow)
              .map(StateTest::row)
              .toList();
    }

    assertThat(documented).containsExactlyElementsOf(ofCode());
  }

  private static List<String> ofCode() {
    List<String> rows = new ArrayList<>();
    for (State state : State.values()) {
      StringBuilder row = new StringBuilder(state.name());
      for (Event event : Event.values()) {
        State next = state.after(event);
        row.append(next == state ? " -" : " " + next);
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static boolean isRow(String[] cells) {
    return cells.length == 2 + Event.values().length && cells[1].matches("[A-Z_]+: .*");
  }

  private static String row(String[] cells) {
    cells[1] = cells[1].split(":")[0];
    return String.join(" ", List.of(cells).subList(1, cells.length));
  }
}
