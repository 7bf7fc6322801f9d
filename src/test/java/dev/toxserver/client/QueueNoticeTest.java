package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.HandClock;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

  @Test
  void aMoveBeforeTheFirstNoticeIsToldWithItAndOneAfterItAtOnce() {
    HandClock clock = new HandClock();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(err);
    QueueNotice notice = new QueueNotice(clock.vertx(), terminal);
    notice.begin();
    clock.advance(1_000);
    notice.moved(new RunEvent.Place(3, Optional.empty()));
    notice.moved(new RunEvent.Place(2, Optional.empty()));
    assertThat(text(terminal, err)).isEmpty();
    clock.advance(1_000);
    assertThat(text(terminal, err)).isEqualTo("Command run is queued: 2nd in line\n");
    notice.moved(new RunEvent.Place(2, Optional.empty()));
    assertThat(text(terminal, err)).hasLineCount(1);
    notice.moved(new RunEvent.Place(1, Optional.empty()));
    assertThat(text(terminal, err)).endsWith("\nCommand run is queued: next in line\n");
    notice.end();
    notice.moved(new RunEvent.Place(1, Optional.empty()));
    clock.advance(5_000);
    assertThat(text(terminal, err)).hasLineCount(2);
  }

  @Test
  void aMoveAloneBeginsIt() {
    HandClock clock = new HandClock();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(err);
    new QueueNotice(clock.vertx(), terminal).moved(new RunEvent.Place(1, Optional.empty()));
    clock.advance(2_000);
    assertThat(text(terminal, err)).isEqualTo("Command run is queued: next in line\n");
  }

  private static Terminal terminal(ByteArrayOutputStream err) {
    return new Terminal(
        new StandardStream("out", OutputStream.nullOutputStream()),
        new StandardStream("err", err),
        false,
        false);
  }

  private static String text(Terminal terminal, ByteArrayOutputStream err) {
    terminal.flush(30_000);
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Optional<RunEvent.Predecessor> run(String id, List<String> args) {
    return Optional.of(new RunEvent.Predecessor(new RunId(id), args));
  }

  private static String words(int position, Optional<RunEvent.Predecessor> behind) {
    return QueueNotice.words(new RunEvent.Place(position, behind));
  }
}
