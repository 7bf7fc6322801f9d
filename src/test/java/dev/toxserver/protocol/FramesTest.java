package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FramesTest {

  @Test
  void theLengthIsFourBytesBigEndianAndCountsBytesNotCharacters() {
    Buffer frame = Frames.encode(new JsonObject().put("a", "é"));

    byte[] json = "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(frame.getBytes(0, 4)).containsExactly(0, 0, 0, json.length);
    assertThat(frame.getBytes(4, frame.length())).isEqualTo(json);
  }

  @Test
  void aRegistrationNamesTheAddress() {
    assertThat(Frames.register("tox.output.a"))
        .isEqualTo(new JsonObject("{\"type\":\"register\",\"address\":\"tox.output.a\"}"));
  }

  @Test
  void aRequestGoesToItsOwnAddressWithItsBodyAndTheReplyAddress() {
    assertThat(Frames.send(new Request.CancelRun(new RunId("a")), "reply-1"))
        .isEqualTo(
            new JsonObject(
                """
                {"type": "send", "address": "tox.cancel", "replyAddress": "reply-1",
                 "body": {"id": "a"}}
                """));
  }

  @Test
  void aPingIsTheBridgesOwn() {
    assertThat(Frames.ping()).isEqualTo(new JsonObject("{\"type\":\"ping\"}"));
  }

  @Test
  void anErrorFindsItsWayToTheRequest() {
    JsonObject cause = new JsonObject().put("replyAddress", "reply-1").put("address", "tox.run");

    assertThat(Frames.error(cause, ErrorCode.MALFORMED, "type: is missing"))
        .isEqualTo(
            new JsonObject(
                """
                {"type": "err", "address": "reply-1", "failureCode": 400,
                 "message": "type: is missing"}
                """));
  }

  @Test
  void anErrorWithoutAReplyAddressNamesNone() {
    assertThat(
            Frames.error(new JsonObject().put("replyAddress", 5), ErrorCode.MALFORMED, "no")
                .containsKey("address"))
        .isFalse();
  }

  @Test
  void theFailureCodesArePartOfTheContract() {
    assertThat(ErrorCode.values())
        .extracting(ErrorCode::number)
        .containsExactly(400, 401, 403, 404, 409, 429, 500, 503);
  }
}
