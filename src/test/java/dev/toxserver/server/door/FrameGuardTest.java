package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no honest client sends is answered and ends its connection, and nobody else's. */
class FrameGuardTest extends GuardedBridgeTest {
  private BridgeSocket bystander;

  @BeforeEach
  void connectBystander() throws IOException {
    bystander = bridge.connect();
  }

  @AfterEach
  void theBystanderIsServedAllTheSame() throws IOException {
    bystander.send("{\"type\":\"ping\"}");
    assertThat(bystander.next().getString("type")).isEqualTo("pong");
    bystander.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FrameGuard.MAX_FRAME_BYTES + 1, Integer.MAX_VALUE, -1})
  void aFrameLongerThanTheLimitClosesTheConnection(int length) throws IOException {
    client.send(Buffer.buffer().appendInt(length));

    assertRefused("a frame of ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1\r\n", "GET / HTTP/1.1\r\n", "SSH-2.0-x\r\n"})
  void whoSpeaksAnotherProtocolGetsNothingButAClosedConnection(String text) throws IOException {
    client.send(Buffer.buffer(text));

    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void aFrameOfExactlyTheLimitIsTaken() throws IOException {
    String json = "{\"type\":\"ping\"}";
    client.send(json + " ".repeat(FrameGuard.MAX_FRAME_BYTES - json.length()));

    assertThat(client.next().getString("type")).isEqualTo("pong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "x",
        "[]",
        "[{}]",
        "null",
        "5",
        "\"ping\"",
        " ",
        "{}{}",
        "{\"type\":\"ping\"} x",
        "{\"type\":\"pi\u0001ng\"}",
        "{'type':'ping'}"
      })
  void whatIsNoJsonObjectClosesTheConnection(String payload) throws IOException {
    client.send(payload);

    assertRefused("a frame must be a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type         | {}",
        "type         | {'type':null}",
        "type         | {'type':5}",
        "type         | {'type':['ping']}",
        "type         | {'type':'PING'}",
        "type         | {'type':'pong'}",
        "type         | {'type':'rec\\ud83d'}",
        "address      | {'type':'send','address':5}",
        "address      | {'type':'register','address':{}}",
        "replyAddress | {'type':'send','address':'tox.ping','replyAddress':5}",
        "headers      | {'type':'send','address':'tox.ping','headers':'x'}",
        "headers      | {'type':'send','address':'tox.ping','headers':[]}",
        "headers      | {'type':'ping','headers':{'timeout':0}}",
        "headers      | {'type':'ping','headers':{'x':null}}"
      })
  void aFieldOfAWrongTypeClosesTheConnection(String field, String frame) throws IOException {
    client.send(frame.replace('\'', '"'));

    assertRefused(field + ": ");
  }

  @Test
  void objectsInObjectsWithoutEndCloseTheConnection() throws IOException {
    client.send("{\"a\":".repeat(100_000));

    assertRefused("");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noiseClosesTheConnection(long seed) throws IOException {
    byte[] noise = new byte[5_000];
    new Random(seed).nextBytes(noise);
    noise[0] = (byte) 0x7f;
    client.send(Buffer.buffer(noise));

    assertRefused("");
  }

  @Test
  void nothingThatFollowsABrokenFrameIsLookedAt() throws IOException {
    Buffer ping = Buffer.buffer("{\"type\":\"ping\"}");
    client.send(
        Buffer.buffer()
            .appendInt(2)
            .appendString("{}")
            .appendInt(ping.length())
            .appendBuffer(ping));

    assertRefused("type: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 500})
  void aFrameThatIsBegunAndNotEndedInTimeClosesTheConnection(int bytes) throws IOException {
    assertThat(client.isAnswered()).isTrue();
    client.send(Buffer.buffer().appendInt(500).appendBytes(new byte[500]).slice(0, bytes));

    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void whoHasSentWholeFramesIsNotHurried() throws IOException {
    assertThat(client.isAnswered()).isTrue();
    try (BridgeSocket late = bridge.connect()) {
      late.send(Buffer.buffer().appendInt(500));
      assertThat(late.isAtEnd()).as("the other's deadline is over").isTrue();
    }

    assertThat(client.isAnswered()).isTrue();
  }

  private void assertRefused(String reason) throws IOException {
    assertThat(client.next().getString("message")).startsWith(reason);
    assertThat(client.isAtEnd()).isTrue();
  }
}
