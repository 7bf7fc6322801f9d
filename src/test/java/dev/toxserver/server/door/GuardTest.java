package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What honest clients send passes the guard. */
class GuardTest extends GuardedBridgeTest {
  @ParameterizedTest
  @ValueSource(strings = {"tox.run", "tox.cancel", "tox.ping", "tox.quit"})
  void aRequestIsPassedOnAndItsAnswerComesBack(String address) throws IOException {
    client.send(
        "{\"type\":\"send\",\"address\":\"%s\",\"replyAddress\":\"r\",\"body\":{\"n\":1.5}}"
            .formatted(address));

    JsonObject answer = client.next();
    assertThat(answer.getString("type")).isEqualTo("message");
    assertThat(answer.getString("address")).isEqualTo("r");
    assertThat(answer.getJsonObject("body")).isEqualTo(new JsonObject().put("answered", address));
    assertThat(bridge.passed().remove().body()).isEqualTo(new JsonObject("{\"n\":1.5}"));
  }

  @Test
  void whatAClientPutsIntoHeadersNeverReachesTheServer() throws IOException {
    client.send(
        """
        {"type": "send", "address": "tox.ping", "replyAddress": "r", "body": {},
         "headers": {"connection": "c1", "timeout": "1", "codecName": "bogus", "x": "y"}}
        """);
    client.next();

    Message<Object> passed = bridge.passed().remove();
    assertThat(passed.headers().names()).containsExactly("connection");
    assertThat(passed.headers().get("connection")).isNotEqualTo("c1");
  }

  @Test
  void halfASurrogatePairIsNotReplacedOnTheWay() throws IOException {
    client.send(
        """
        {"type": "send", "address": "tox.ping", "replyAddress": "r", "body": {"x": "\\ude00"}}
        """);

    client.next();
    assertThat(bridge.passed().remove().body()).isEqualTo(new JsonObject().put("x", "\ude00"));
  }

  @Test
  void aPingIsAnsweredWithAPong() throws IOException {
    client.send("{\"type\":\"ping\"}");

    assertThat(client.next()).isEqualTo(new JsonObject("{\"type\":\"pong\"}"));
  }

  @Test
  void aFrameThatComesByteByByteIsPassedOn() throws IOException {
    String json = "{\"type\":\"ping\"}";
    Buffer frame = Buffer.buffer().appendInt(json.length()).appendString(json);
    for (byte each : frame.getBytes()) {
      client.send(Buffer.buffer(new byte[] {each}));
    }

    assertThat(client.next().getString("type")).isEqualTo("pong");
  }

  @Test
  void whoRegistersHearsTheRunOnceAndWhoUnregistersNoMore() throws IOException {
    client.send("{\"type\":\"register\",\"address\":\"tox.output.a\"}");
    assertIsAlive();
    bridge.publish(new RunId("a"), new JsonObject().put("n", 1));
    assertThat(client.next().getJsonObject("body")).isEqualTo(new JsonObject("{\"n\":1}"));

    client.send("{\"type\":\"unregister\",\"address\":\"tox.output.a\"}");
    assertIsAlive();
    bridge.publish(new RunId("a"), new JsonObject().put("n", 2));
    assertIsAlive();
  }

  @Test
  void aSecondRegistrationIsRefusedAndAddsNoSecondCopy() throws IOException {
    client.send("{\"type\":\"register\",\"address\":\"tox.output.a\"}");
    client.send("{\"type\":\"register\",\"address\":\"tox.output.a\"}");
    assertThat(client.next().getString("message")).isEqualTo("address: is registered already");

    bridge.publish(new RunId("a"), new JsonObject().put("n", 1));
    assertThat(client.next().getString("type")).isEqualTo("message");
    assertIsAlive();
  }

  /** Nothing else came before the pong, and the connection still works. */
  private void assertIsAlive() throws IOException {
    client.send("{\"type\":\"ping\"}");
    assertThat(client.next()).isEqualTo(new JsonObject("{\"type\":\"pong\"}"));
  }
}
