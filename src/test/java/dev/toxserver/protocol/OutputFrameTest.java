package dev.toxserver.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFrameTest {
  private static final RunId RUN = new RunId("a-Z_9");
  private static final String WHOLE =
      "{\"type\":\"message\",\"address\":\"tox.output.a\",\"headers\":{},"
          + "\"body\":{\"seq\":7,\"type\":\"output\",\"stream\":\"stdout\",\"data\":\"YWJj\"},"
          + "\"send\":false}";

  @ParameterizedTest
  @EnumSource
  void aFrameIsToTheLetterWhatJacksonWrites(Stream stream) {
    for (int length : new int[] {0, 1, 2, 3, 64 * 1024}) {
      JsonObject event = RunEventJson.encode(output(Long.MAX_VALUE / 10, stream, length));

      assertThat(OutputFrame.encode(RUN, event))
          .contains(Frames.encode(Frames.published(Addresses.output(RUN), event)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsRead(Stream stream) {
    RunId longest = new RunId("x".repeat(64));
    for (int length : new int[] {0, 1, 2, 3, 64 * 1024}) {
      RunEvent.Output output = output(987_654_321_012_345_678L, stream, length);

      Buffer frame = OutputFrame.encode(longest, RunEventJson.encode(output)).orElseThrow();

      assertThat(OutputFrame.decode(frame.slice(Frames.LENGTH_BYTES, frame.length())))
          .contains(new OutputFrame(longest, output));
    }
  }

  @Test
  void otherEventsAreLeftToJackson() {
    assertThat(OutputFrame.encode(RUN, RunEventJson.encode(RunEvent.Heartbeat.STARTED))).isEmpty();
    assertThat(OutputFrame.encode(RUN, new JsonObject().put("type", "output").put("data", 5)))
        .isEmpty();
  }

  @Test
  void theFrameOfTheFollowingCasesIsRead() {
    assertThat(OutputFrame.decode(Buffer.buffer(WHOLE)))
        .contains(
            new OutputFrame(
                new RunId("a"), new RunEvent.Output(7, Stream.STDOUT, "abc".getBytes(UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tox.output.a=tox.output.a.b",
        "tox.output.a=tox.output.",
        "\"seq\":7=\"seq\":-7",
        "\"seq\":7=\"seq\":77777777777777777777",
        "stdout=stdin",
        "YWJj=YWJ\\u006a",
        "YWJj=YW\"j",
        "YWJj=Y",
        "message=err",
        "\"send\":false}=\"send\":true}",
        "\"send\":false}=\"send\":false,\"more\":1}",
        "{\"type\"= {\"type\"",
      })
  void whateverElseAServerMayWriteIsLeftToJackson(String change) {
    int split = change.indexOf('=');
    String frame = WHOLE.replace(change.substring(0, split), change.substring(split + 1));

    assertThat(frame).isNotEqualTo(WHOLE);
    assertThat(OutputFrame.decode(Buffer.buffer(frame))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOnlyPassedOnIsTheEventThatWasEncoded(Stream stream) {
    for (int length : new int[] {0, 1, 2, 3, 64 * 1024}) {
      JsonObject event = RunEventJson.encode(output(7, stream, length));
      Buffer frame = OutputFrame.encode(RUN, event).orElseThrow();

      assertThat(OutputFrame.read(frame.slice(Frames.LENGTH_BYTES, frame.length())))
          .contains(new OutputFrame.Encoded(RUN, event));
    }
  }

  /** Whoever writes data that end their text could make a frame say anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "YWJj=YWJj\"},\"address\":\"tox.output.b",
        "YWJj=YW\"j",
        "YWJj=YWJ\n",
        "YWJj=YWJ\u00e9",
        "YWJj=Y===",
        "YWJj=YW=j",
        "YWJj=YWJjY",
        "YWJj=-_Jj",
        "stdout=stdin",
      })
  void whatIsOnlyPassedOnHasNothingButBase64(String change) {
    int split = change.indexOf('=');
    String frame = WHOLE.replace(change.substring(0, split), change.substring(split + 1));

    assertThat(frame).isNotEqualTo(WHOLE);
    assertThat(OutputFrame.read(Buffer.buffer(frame))).isEmpty();
  }

  @Test
  void moreThanAnEventMayHaveIsNotPassedOn() {
    JsonObject event = RunEventJson.encode(output(7, Stream.STDOUT, 64 * 1024 + 3));
    Buffer frame = OutputFrame.encode(RUN, event).orElseThrow();

    assertThat(OutputFrame.read(frame.slice(Frames.LENGTH_BYTES, frame.length()))).isEmpty();
  }

  @Test
  void aFrameThatWasCutAnywhereIsLeftToJackson() {
    for (int length = 0; length < WHOLE.length(); length++) {
      assertThat(OutputFrame.decode(Buffer.buffer(WHOLE.substring(0, length)))).isEmpty();
    }
  }

  private static RunEvent.Output output(long seq, Stream stream, int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return new RunEvent.Output(seq, stream, data);
  }
}
