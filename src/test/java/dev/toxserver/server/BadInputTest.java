package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "5",
        "\"x\"",
        "{}",
        "{\"type\": 5}",
        "{\"type\": \"message\"}",
        "{\"type\": \"shout\", \"address\": \"tox.ping\"}",
        "{\"type\": \"send\", \"address\": 5}",
        "{\"type\": \"send\", \"address\": \"tox.ping\", \"replyAddress\": {}}",
        "{\"type\": \"send\", \"address\": \"tox.ping\", \"headers\": \"text\"}",
        "{\"type\": \"send\", \"address\": \"tox.ping\", \"headers\": {\"timeout\": 0}}",
      })
  void whatNoHonestClientSendsEndsTheConnection(String payload) throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.sendPayload(payload);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1024 * 1024 + 1})
  void aFrameLengthOutOfBoundsEndsTheConnection(int length) throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.sendBytes(java.nio.ByteBuffer.allocate(4).putInt(length).array());
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void whatABrowserSendsEndsTheConnection() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.sendBytes("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n{}".getBytes());
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "send, tox.output.a",
    "send, tox.runner.start",
    "send, tox.runner.cancel",
    "send, other",
    "publish, tox.run",
    "publish, tox.output.a",
    "register, tox.run",
    "register, tox.runner.start",
    "register, tox.output.",
    "register, tox.output.a.b",
    "register, tox.output.*",
    "unregister, other",
  })
  void anAddressThatIsNotPermittedIsRefused(String type, String address) throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.send(
          new JsonObject()
              .put("type", type)
              .put("address", address)
              .put("replyAddress", "reply")
              .put("body", new JsonObject()));
      JsonObject error = client.next();
      assertThat(error.getString("type")).isEqualTo("err");
      assertThat(error.getString("address")).isEqualTo("reply");
      assertThat(error.getString("message")).matches("(address|id): .+");
      client.request("tox.ping", new JsonObject());
      client.nextFrom("reply");
    }
  }

  @Test
  void registeringAnAddressTwiceIsRefusedAndDeliversOnce() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.register("a");
      client.send(new JsonObject().put("type", "register").put("address", "tox.output.a"));
      assertThat(client.next().getString("message")).isEqualTo("address: is registered already");
    }
  }

  @Test
  void aClientCantSetItsOwnHeaders() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      client.send(
          new JsonObject()
              .put("type", "send")
              .put("address", "tox.ping")
              .put("replyAddress", "reply")
              .put("headers", new JsonObject().put("codecName", "bogus").put("connection", "c1"))
              .put("body", new JsonObject()));
      assertThat(client.nextFrom("reply").getInteger("tasks")).isEqualTo(1);
    }
  }
}
