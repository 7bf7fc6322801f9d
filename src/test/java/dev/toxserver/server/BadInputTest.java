package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not well formed is named, changes nothing, and harms nobody else. */
@ExtendWith(VertxExtension.class)
class BadInputTest {
  private int port;
  private BridgeSocket bystander;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    port = new FakeRunner(vertx).deployServer(1, 2);
    bystander = new BridgeSocket(port);
  }

  @AfterEach
  void everyOtherClientIsUnharmed() throws Exception {
    bystander.request("tox.ping", new JsonObject());
    JsonObject pong = bystander.nextFrom("reply");
    assertThat(pong.getInteger("tasks")).as("nothing was started").isEqualTo(1);
    bystander.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tox.run    | {"args": []}                                | id: is missing
          tox.run    | {"id": 5, "args": []}                       | id: must be a string
          tox.run    | {"id": "", "args": []}                      | id: must be 1 to 64
          tox.run    | {"id": "a/b", "args": []}                   | id: must be 1 to 64
          tox.run    | {"id": "a"}                                 | args: is missing
          tox.run    | {"id": "a", "args": "-e py"}                | args: must be an array
          tox.run    | {"id": "a", "args": [1]}                    | args: must hold nothing but
          tox.run    | {"id": "a", "args": [null]}                 | args: must hold nothing but
          tox.run    | {"id": "a", "args": ["\\u0000"]}            | args: no program can be given
          tox.run    | {"id": "a", "args": [], "timeout": "1"}     | timeout: must be a number
          tox.run    | {"id": "a", "args": [], "timeout": 0}       | timeout: must be from
          tox.run    | {"id": "a", "args": [], "timeout": -1}      | timeout: must be from
          tox.run    | {"id": "a", "args": [], "timeout": 1e300}   | timeout: must be from
          tox.run    | "text"                                      | body: must be a JSON object
          tox.run    | 5                                           | body: must be a JSON object
          tox.run    | []                                          | body: must be a JSON object
          tox.run    | null                                        | body: must be a JSON object
          tox.cancel | {}                                          | id: is missing
          tox.cancel | {"id": "a b"}                               | id: must be 1 to 64
          tox.cancel | {"command": "foo"}                          | command: unknown command foo
          tox.cancel | {"command": 1}                              | command: must be a string
          tox.ping   | 1                                           | body: must be a JSON object
          tox.ping   | 99999999999999999999                        | body: must be a JSON object
          tox.quit   | true                                        | body: must be a JSON object
          """)
  void theFieldIsNamedAndTheConnectionGoesOn(String address, String body, String message)
      throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.request(address, Json.decodeValue(body));
      JsonObject error = client.next();
      assertThat(error.getString("type")).isEqualTo("err");
      assertThat(error.getString("address")).isEqualTo("reply");
      assertThat(error.getInteger("failureCode")).isEqualTo(400);
      assertThat(error.getString("message")).startsWith(message);
      client.request("tox.ping", new JsonObject());
      client.nextFrom("reply");
    }
  }
}
