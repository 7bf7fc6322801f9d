package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedStoreTest {
  private static final Life OVERTAKEN = new Life(new RunId("a"), 1);
  private static final Life SHORT = new Life(new RunId("b"), 1);

  private final Bucket bucket = new Bucket();

  @Test
  void theRunThatHasEndedLastIsKeptAtEachHubThoughItBeganFirstAndWhateverTheClocksSay() {
    History one = history();

    bucket.write(TestFacts.asked("a"));
    bucket.write(TestFacts.asked("b"));
    bucket.write(ended(SHORT, 2_000_000));
    bucket.write(ended(OVERTAKEN, 1_000_000));
    History startedLater = history();

    assertThat(Stream.of(one, startedLater))
        .allSatisfy(
            each ->
                assertThat(each.newestFirst())
                    .extracting(RunLog::id)
                    .containsExactly(OVERTAKEN.run()));
  }

  private History history() {
    Facts facts = bucket.mirror(null).facts();
    History history = new History(new SharedStore(null, facts), 1);
    history.open();
    facts.onChange(run -> show(history, run));
    return history;
  }

  private static void show(History history, RunFacts run) {
    if (run.state() == RunFacts.State.QUEUED) {
      history.begin(SharedRecords.of(run), trouble -> {});
    } else {
      history.update(history.find(run.life().run()).orElseThrow(), SharedRecords.of(run));
    }
  }

  private static Fact.Ended ended(Life life, long millis) {
    return new Fact.Ended(life, 1, TestFacts.exit(4, 0), Optional.empty(), 2, millis);
  }
}
