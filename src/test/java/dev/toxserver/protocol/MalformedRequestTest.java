package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal of a request names the field that is wrong. */
class MalformedRequestTest {
  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "\"text\"", "[]", "true"})
  void aBodyThatIsNoObjectIsRefused(String json) {
    Object body = Json.decodeValue(json);

    assertThatThrownBy(() -> RequestJson.decodeRun(body)).hasMessageStartingWith("body: ");
    assertThatThrownBy(() -> RequestJson.decodeCancel(body)).hasMessageStartingWith("body: ");
    assertThatThrownBy(() -> RequestJson.decodeAttach(body)).hasMessageStartingWith("body: ");
    assertThatThrownBy(() -> RequestJson.decodeAcknowledge(body)).hasMessageStartingWith("body: ");
    assertThatThrownBy(() -> RequestJson.decodeStatus(body)).hasMessageStartingWith("body: ");
    assertThatThrownBy(() -> RequestJson.decodeEmpty(body))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("body: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id      | {}",
        "id      | {'id': 'a.b'}",
        "id      | {'id': ['a']}",
        "command | {'command': 5}",
        "command | {'command': ''}",
        "command | {'command': 'serve'}"
      })
  void aCancelIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RequestJson.decodeCancel(json(body)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id        | {}",
        "id        | {'id': 'a.b'}",
        "from      | {'id': 'a', 'from': '1'}",
        "from      | {'id': 'a', 'from': -1}",
        "from      | {'id': 'a', 'from': 1.5}",
        "from      | {'id': 'a', 'from': 1e999}",
        "follow    | {'id': 'a', 'follow': 1}",
        "requester | {'id': 'a', 'requester': 'true'}",
        "take      | {'id': 'a', 'take': 1}",
        "take      | {'id': 'a', 'take': true, 'requester': true}",
        "hold      | {'id': 'a', 'requester': true, 'hold': -1}"
      })
  void anAttachIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RequestJson.decodeAttach(json(body)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id  | {'seq': 1}",
        "seq | {'id': 'a'}",
        "seq | {'id': 'a', 'seq': -1}",
        "seq | {'id': 'a', 'seq': true}"
      })
  void anAcknowledgeIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RequestJson.decodeAcknowledge(json(body)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id     | {'offset': 0, 'data': ''}",
        "offset | {'id': 'a', 'data': ''}",
        "offset | {'id': 'a', 'data': '', 'offset': -1}",
        "data   | {'id': 'a', 'offset': 0}",
        "data   | {'id': 'a', 'offset': 0, 'data': '*'}",
        "data   | {'id': 'a', 'offset': 0, 'data': ['x']}",
        "end    | {'id': 'a', 'offset': 0, 'end': 'yes'}"
      })
  void anInputIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RequestJson.decodeInput(json(body)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void theLongestInputFitsAndOneByteMoreIsRefused() {
    byte[] most = new byte[InputRequest.MAX_BYTES];
    JsonObject body = new JsonObject().put("id", "a").put("offset", 0);

    body.put("data", Base64.getEncoder().encodeToString(most));
    assertThat(RequestJson.decodeInput(body).data()).isEqualTo(most);
    body.put("data", Base64.getEncoder().encodeToString(new byte[most.length + 1]));
    assertThatThrownBy(() -> RequestJson.decodeInput(body)).hasMessageStartingWith("data: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id      | {'columns': 80, 'rows': 24}",
        "columns | {'id': 'a', 'rows': 24}",
        "rows    | {'id': 'a', 'columns': 80, 'rows': 0}",
        "rows    | {'id': 'a', 'columns': 80, 'rows': 1.5}",
        "columns | {'id': 'a', 'columns': 1e9, 'rows': 24}"
      })
  void aResizeIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RequestJson.decodeResize(json(body)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void aStatusOfWhatIsNoIdIsRefused() {
    assertThatThrownBy(() -> RequestJson.decodeStatus(json("{'id': 5}")))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("id: ");
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }
}
