package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunEventJsonTest {

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            new RunEvent.Queued(0, 2, Optional.empty()),
            "{\"seq\":0,\"type\":\"queued\",\"position\":2}"),
        Arguments.of(
            new RunEvent.Queued(
                0, 1, Optional.of(new RunEvent.Predecessor(new RunId("a"), List.of("-e", "py")))),
            "{\"seq\":0,\"type\":\"queued\",\"position\":1,"
                + "\"behind\":{\"id\":\"a\",\"args\":[\"-e\",\"py\"]}}"),
        Arguments.of(
            new RunEvent.Exit(3, 0, false, Optional.of(41_204L), Optional.empty()),
            "{\"seq\":3,\"type\":\"exit\",\"returncode\":0,\"cancelled\":false,"
                + "\"duration\":41.204}"),
        Arguments.of(
            new RunEvent.Started(1, 4711, List.of("/usr/bin/tox", "-e", "py")),
            "{\"seq\":1,\"type\":\"started\",\"pid\":4711,"
                + "\"command\":[\"/usr/bin/tox\",\"-e\",\"py\"]}"),
        Arguments.of(
            new RunEvent.Started(1, 4711, List.of("tox"), Optional.of(new TerminalSize(100, 30))),
            "{\"seq\":1,\"type\":\"started\",\"pid\":4711,\"command\":[\"tox\"],"
                + "\"terminal\":{\"columns\":100,\"rows\":30}}"),
        Arguments.of(
            new RunEvent.Started(1, 4711, List.of("tox")).on(new RunnerName("py311")),
            "{\"seq\":1,\"type\":\"started\",\"pid\":4711,\"command\":[\"tox\"],"
                + "\"runner\":\"py311\"}"),
        Arguments.of(
            RunEvent.Exit.lost(3, false, "gone"),
            "{\"seq\":3,\"type\":\"exit\",\"returncode\":125,\"cancelled\":false,"
                + "\"error\":\"gone\",\"lost\":true}"),
        Arguments.of(new RunEvent.KeysAwaited(3), "{\"seq\":3,\"type\":\"waiting\"}"),
        Arguments.of(new RunEvent.Taken(), "{\"type\":\"taken\"}"),
        Arguments.of(
            new RunEvent.Output(2, dev.toxserver.protocol.Stream.STDOUT, new byte[] {'h', 'i'}),
            "{\"seq\":2,\"type\":\"output\",\"stream\":\"stdout\",\"data\":\"aGk=\"}"),
        Arguments.of(
            new RunEvent.Output(
                1L << 40, dev.toxserver.protocol.Stream.STDERR, new byte[] {-5, -1, -2, 0}),
            "{\"seq\":1099511627776,\"type\":\"output\",\"stream\":\"stderr\","
                + "\"data\":\"+//+AA==\"}"),
        Arguments.of(RunEvent.Heartbeat.QUEUED, "{\"type\":\"heartbeat\",\"state\":\"QUEUED\"}"),
        Arguments.of(
            RunEvent.Heartbeat.queuedAt(
                new RunEvent.Place(
                    3, Optional.of(new RunEvent.Predecessor(new RunId("b"), List.of("-e", "py"))))),
            "{\"type\":\"heartbeat\",\"state\":\"QUEUED\",\"position\":3,"
                + "\"behind\":{\"id\":\"b\",\"args\":[\"-e\",\"py\"]}}"),
        Arguments.of(RunEvent.Heartbeat.STARTED, "{\"type\":\"heartbeat\",\"state\":\"STARTED\"}"),
        Arguments.of(
            new RunEvent.Exit(3, 137, true, Optional.empty()),
            "{\"seq\":3,\"type\":\"exit\",\"returncode\":137,\"cancelled\":true}"),
        Arguments.of(
            new RunEvent.Exit(3, 0, false, Optional.empty())
                .followedBy(Optional.of(new RunEvent.Next(new RunId("run-2"), new RunId("run-1")))),
            "{\"seq\":3,\"type\":\"exit\",\"returncode\":0,\"cancelled\":false,"
                + "\"next\":\"run-2\",\"loop\":\"run-1\"}"),
        Arguments.of(
            new RunEvent.Exit(3, 127, false, Optional.of("no tox")),
            "{\"seq\":3,\"type\":\"exit\",\"returncode\":127,\"cancelled\":false,"
                + "\"error\":\"no tox\"}"),
        Arguments.of(
            new RunEvent.Hole(3, 9, Optional.empty()), "{\"type\":\"hole\",\"from\":3,\"to\":9}"),
        Arguments.of(
            new RunEvent.Hole(3, 9, Optional.of("the disk was full")),
            "{\"type\":\"hole\",\"from\":3,\"to\":9,\"reason\":\"the disk was full\"}"),
        Arguments.of(
            new RunEvent.Notice("It is full."),
            "{\"type\":\"notice\",\"message\":\"It is full.\"}"),
        Arguments.of(new RunEvent.Lost(), "{\"type\":\"lost\"}"),
        Arguments.of(new RunEvent.End(), "{\"type\":\"end\"}"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void eachEventLooksAsTheContractSays(RunEvent event, String json) {
    assertThat(RunEventJson.encode(event).encode()).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("events")
  void eachEventCanBeReadBack(RunEvent event, String json) {
    assertThat(RunEventJson.decode(new JsonObject(json))).contains(event);
  }

  @Test
  void outputIsTheStandardAlphabetOfBase64WithPadding() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    RunEvent event = new RunEvent.Output(0, dev.toxserver.protocol.Stream.STDOUT, everyByte);

    JsonObject body = RunEventJson.encode(event);

    assertThat(body.getString("data")).contains("+", "/").endsWith("==").doesNotContain("-", "_");
    assertThat(RunEventJson.decode(body)).contains(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void onlyWhatBelongsToTheRunHasAPlaceInTheSequence(RunEvent event, String json) {
    JsonObject body = new JsonObject(json);

    if (event instanceof RunEvent.Sequenced sequenced) {
      assertThat(RunEventJson.seqOf(body)).hasValue(sequenced.seq());
    } else {
      assertThat(RunEventJson.seqOf(body)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void onlyTheExitIsTheLast(RunEvent event, String json) {
    assertThat(RunEventJson.isExit(new JsonObject(json))).isEqualTo(event instanceof RunEvent.Exit);
  }
}
