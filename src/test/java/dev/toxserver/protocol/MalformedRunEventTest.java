package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of a server that is newer than itself, or that is none. */
class MalformedRunEventTest {

  @Test
  void aTypeThatThisVersionDoesNotKnowKeepsItsPlaceInTheSequence() {
    assertThat(RunEventJson.decode(new JsonObject("{\"seq\":1,\"type\":\"news\"}")))
        .contains(new RunEvent.Unknown(1));
  }

  @Test
  void aTypeWithoutAPlaceThatThisVersionDoesNotKnowIsPassedOver() {
    assertThat(RunEventJson.decode(new JsonObject("{\"type\":\"news\"}"))).isEmpty();
  }

  @Test
  void anExitWithoutTheOptionalFieldsIsEnough() {
    assertThat(
            RunEventJson.decode(new JsonObject("{\"seq\":1,\"type\":\"exit\",\"returncode\":0}")))
        .contains(new RunEvent.Exit(1, 0, false, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255})
  void theLeastAndTheMostThatAProcessCanLeaveWithAreTaken(int returncode) {
    JsonObject exit = new JsonObject().put("seq", 1).put("type", "exit");

    assertThat(RunEventJson.decode(exit.put("returncode", returncode)))
        .contains(new RunEvent.Exit(1, returncode, false, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type       | {}",
        "type       | {'type': 5}",
        "seq        | {'type': 'queued', 'position': 1}",
        "seq        | {'type': 'queued', 'seq': '1', 'position': 1}",
        "position   | {'type': 'queued', 'seq': 1}",
        "pid        | {'type': 'started', 'seq': 1, 'command': []}",
        "command    | {'type': 'started', 'seq': 1, 'pid': 1, 'command': 'tox'}",
        "stream     | {'type': 'output', 'seq': 1, 'stream': 'stdin', 'data': ''}",
        "stream     | {'type': 'output', 'seq': 1, 'stream': 'STDOUT', 'data': ''}",
        "data       | {'type': 'output', 'seq': 1, 'stream': 'stdout'}",
        "data       | {'type': 'output', 'seq': 1, 'stream': 'stdout', 'data': '_-=='}",
        "data       | {'type': 'output', 'seq': 1, 'stream': 'stdout', 'data': [1]}",
        "state      | {'type': 'heartbeat'}",
        "from       | {'type': 'hole', 'to': 1}",
        "to         | {'type': 'hole', 'from': 0, 'to': -1}",
        "message    | {'type': 'notice'}",
        "returncode | {'type': 'exit', 'seq': 1}",
        "returncode | {'type': 'exit', 'seq': 1, 'returncode': '0'}",
        "returncode | {'type': 'exit', 'seq': 1, 'returncode': 256}",
        "returncode | {'type': 'exit', 'seq': 1, 'returncode': -1}",
        "error      | {'type': 'exit', 'seq': 1, 'returncode': 1, 'error': 5}"
      })
  void anEventIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RunEventJson.decode(new JsonObject(body.replace('\'', '"'))))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void anEventThatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> RunEventJson.decode("exit")).hasMessageStartingWith("body: ");
  }
}
