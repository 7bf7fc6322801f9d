package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.nats.LogMessage;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogEventsTest {
  private static final RunId RUN = new RunId("run");
  private static final NatsSubjects.Log LOG = new NatsSubjects.Log(new RunnerName("r1"), RUN, "p1");

  private final RunEvent started =
      new RunEvent.Started(4, 7, List.of("tox"), Optional.empty(), Optional.empty());
  private final RunEvent output = new RunEvent.Output(5, Stream.STDOUT, new byte[] {0, 1, 2});
  private final RunEvent exit = new RunEvent.Exit(6, 0, false, Optional.empty());

  @Test
  void eachEventIsAsItWasPublished() {
    assertThat(read(RUN, 4, false, started, output))
        .extracting(event -> event.getString("type"))
        .containsExactly("started", "output");
    assertThat(read(RUN, 5, false, output)).containsExactly(RunEventJson.encode(output));
  }

  @Test
  void thatARunHasStartedSaysWhere() {
    assertThat(read(RUN, 4, false, started).get(0).getString("runner")).isEqualTo("r1");
  }

  @Test
  void onlyTheEndOfALogHasAnExit() {
    assertThat(read(RUN, 6, true, exit)).containsExactly(RunEventJson.encode(exit));
    assertRefused(RUN, 6, false, exit);
  }

  @Test
  void anotherRunsEventsAreRefused() {
    assertRefused(new RunId("other"), 5, false, output);
    assertRefused(new RunId("other"), 4, false, started);
  }

  @Test
  void numbersWithAHoleAreRefused() {
    assertRefused(RUN, 3, false, output);
    assertRefused(RUN, 4, false, output, started);
    assertThatThrownBy(() -> LogEvents.of(LOG, new LogMessage(5, 7, false, frames(RUN, output))))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void whatARunnerHasNotToSayIsRefused() {
    assertRefused(RUN, 0, false, new RunEvent.Queued(0, 1, Optional.empty()));
    assertRefused(RUN, 0, false, new RunEvent.Taken());
  }

  @Test
  void whatIsNoFrameIsRefused() {
    for (Buffer frames :
        List.of(
            Buffer.buffer("abc"),
            Buffer.buffer().appendInt(-5).appendString("abcde"),
            Buffer.buffer().appendInt(0),
            Buffer.buffer().appendInt(99).appendString("{}"),
            Frames.withLength(Buffer.buffer("[1]")),
            Frames.withLength(Buffer.buffer("no")),
            Frames.encode(new JsonObject().put("address", 5)))) {
      assertThatThrownBy(() -> LogEvents.of(LOG, new LogMessage(0, 1, false, frames)))
          .isInstanceOf(MalformedException.class);
    }
  }

  private static List<JsonObject> read(RunId run, long first, boolean end, RunEvent... events) {
    return LogEvents.of(
        LOG, new LogMessage(first, first + events.length, end, frames(run, events)));
  }

  private static void assertRefused(RunId run, long first, boolean end, RunEvent... events) {
    assertThatThrownBy(() -> read(run, first, end, events)).isInstanceOf(MalformedException.class);
  }

  private static Buffer frames(RunId run, RunEvent... events) {
    Buffer frames = Buffer.buffer();
    for (RunEvent event : events) {
      frames.appendBuffer(Frames.event(run, RunEventJson.encode(event)));
    }
    return frames;
  }
}
