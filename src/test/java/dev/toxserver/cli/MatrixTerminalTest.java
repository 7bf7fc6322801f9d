package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MatrixTerminalTest {
  private final Turns turns = new Turns();
  private final List<Runnable> taken = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final MatrixTerminal terminal =
      new MatrixTerminal(
          turns,
          new MatrixTerminal.Shown() {
            @Override
            public void accepted() {
              shown.add("accepted");
            }

            @Override
            public void queued(String place) {
              shown.add("queued" + place);
            }

            @Override
            public void started(RunEvent.Started event) {
              shown.add("started");
            }

            @Override
            public void said(String line) {
              shown.add("said " + line);
            }

            @Override
            public void output(Stream stream, byte[] data, Runnable then) {
              shown.add(stream.wireName() + " " + data.length);
              taken.add(then);
            }
          });

  @Test
  void itsRunWaitsUntilHalfOfWhatIsUnderWayIsTaken() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    terminal.output(Stream.STDOUT, new byte[StandardStream.FULL_BYTES - 1]);
    assertThat(terminal.isFull(Stream.STDOUT)).isFalse();
    terminal.output(Stream.STDERR, new byte[StandardStream.FULL_BYTES / 2]);
    assertThat(terminal.isFull(Stream.STDOUT)).isTrue();
    terminal.onDrained(Stream.STDOUT, () -> drained.complete(null));
    doAll();
    assertThat(drained).isNotDone();
    taken.get(0).run();
    assertThat(terminal.isFull(Stream.STDOUT)).isFalse();
    assertThat(drained).isDone();
  }

  @Test
  void allThatItIsToldComesInOrder() {
    terminal.accepted(RunId.LAST);
    terminal.sayQueued(": next in line");
    terminal.output(Stream.STDOUT, new byte[3]);
    terminal.say("four");
    CompletableFuture<Void> flushed = terminal.flushed();
    assertThat(flushed).isNotDone();
    doAll();
    assertThat(flushed).isDone();
    assertThat(shown).containsExactly("accepted", "queued: next in line", "stdout 3", "said four");
  }

  @Test
  void thatNobodyReadsTheOutputItTellsAClientTooThatAsksLater() {
    IOException failure = new IOException("gone");
    terminal.close(failure);
    terminal.onOutputClosed(told -> shown.add(told.getMessage()));
    assertThat(shown).containsExactly("gone");
  }

  private void doAll() {
    turns.execute(() -> turns.leave(0));
    turns.untilLeft();
  }
}
