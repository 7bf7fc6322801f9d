package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueNoticeTest {

  @ParameterizedTest
  @CsvSource({
    "1,next",
    "2,2nd",
    "3,3rd",
    "4,4th",
    "11,11th",
    "12,12th",
    "21,21st",
    "100,100th",
    "112,112th"
  })
  void itTellsThePlace(int position, String place) {
    assertThat(words(position, Optional.empty())).isEqualTo(": " + place + " in line");
  }

  @Test
  void itTellsWhatIsBeforeItOnOneLineThatFitsAndDrivesNoTerminal() {
    assertThat(words(1, run("abc", List.of("-e", "py 311"))))
        .isEqualTo(": next in line, behind abc (-e 'py 311')");
    assertThat(words(1, run("abc", List.of()))).isEqualTo(": next in line, behind abc");
    assertThat(words(2, run("abc", List.of("\033[2J\n", "x".repeat(500)))))
        .doesNotContain("\033", "\n")
        .endsWith("…)")
        .hasSizeLessThan(100);
  }

  private static Optional<RunEvent.Predecessor> run(String id, List<String> args) {
    return Optional.of(new RunEvent.Predecessor(new RunId(id), args));
  }

  private static String words(int position, Optional<RunEvent.Predecessor> behind) {
    return QueueNotice.words(new RunEvent.Queued(0, position, behind));
  }
}
