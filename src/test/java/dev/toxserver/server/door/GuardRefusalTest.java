package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import dev.toxserver.protocol.Frames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may not do is answered; the connection goes on. */
class GuardRefusalTest extends GuardedBridgeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'send','address':'tox.output.a','replyAddress':'r','body':{}}",
        "{'type':'send','address':'tox.runner.local.start','replyAddress':'r','body':{}}",
        "{'type':'send','address':'','replyAddress':'r','body':{}}",
        "{'type':'send','address':null,'replyAddress':'r','body':{}}",
        "{'type':'send','replyAddress':'r','body':{}}",
        "{'type':'publish','address':'tox.run','replyAddress':'r','body':{}}",
        "{'type':'publish','address':'tox.output.a','replyAddress':'r','body':{}}",
        "{'type':'register','address':'tox.run','replyAddress':'r'}",
        "{'type':'register','address':'tox.output.','replyAddress':'r'}",
        "{'type':'register','address':'tox.output.a.b','replyAddress':'r'}",
        "{'type':'register','address':null,'replyAddress':'r'}",
        "{'type':'register','replyAddress':'r'}",
        "{'type':'unregister','replyAddress':'r'}"
      })
  void whatIsNotPermittedIsAnsweredByFieldAndChangesNothing(String frame) throws IOException {
    client.send(frame.replace('\'', '"'));

    JsonObject answer = client.next();
    assertThat(answer.getString("type")).isEqualTo("err");
    assertThat(answer.getString("address")).isEqualTo("r");
    assertThat(answer.getInteger("failureCode")).isEqualTo(400);
    assertThat(answer.getString("message")).matches("(address|id): .*");
    client.send("{\"type\":\"ping\"}");
    assertThat(client.next().getString("type")).isEqualTo("pong");
    assertThat(bridge.passed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x       | {'type':'send','address':'tox.ping','replyAddress':'r','body':{'x':1e999}}",
        "x       | {'type':'send','address':'tox.ping','replyAddress':'r','body':{'x':-1e999}}",
        "x       | {'type':'send','address':'tox.ping','replyAddress':'r','body':{'a':[{'x':1e400}]}}",
        "args    | {'type':'send','address':'tox.run','replyAddress':'r','body':{'args':[['a',1e999]]}}",
        "body    | {'type':'send','address':'tox.ping','replyAddress':'r','body':1e999}",
        "from    | {'type':'send','address':'tox.attach','replyAddress':'r','body':{'from':1e999}}",
        "seq     | {'type':'send','address':'tox.acknowledge','replyAddress':'r','body':{'seq':1e999}}",
        "timeout | {'type':'send','address':'tox.run','replyAddress':'r','body':{'timeout':1e999}}",
        "other   | {'type':'send','address':'tox.ping','replyAddress':'r','body':{},'other':1e999}"
      })
  void aNumberThatNoDoubleHoldsIsAnsweredByField(String field, String frame) throws IOException {
    client.send(frame.replace('\'', '"'));

    JsonObject answer = client.next();
    assertThat(answer.getString("type")).isEqualTo("err");
    assertThat(answer.getString("address")).isEqualTo("r");
    assertThat(answer.getInteger("failureCode")).isEqualTo(400);
    assertThat(answer.getString("message")).startsWith(field + ": must be a number from ");
    assertThat(client.isAnswered()).isTrue();
    assertThat(bridge.passed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1e308",
        "-1e308",
        "5e-324",
        "1e-999",
        "-0.0",
        "0.1e1"
      })
  void everyOtherNumberArrivesAndIsAnswered(String number) throws IOException {
    client.send(
        "{\"type\":\"send\",\"address\":\"tox.ping\",\"replyAddress\":\"r\",\"body\":{\"x\":%s}}"
            .formatted(number));

    assertThat(client.next().getString("type")).isEqualTo("message");
    assertThat(bridge.passed().remove().body())
        .isEqualTo(new JsonObject("{\"x\":%s}".formatted(number)));
  }

  @Test
  void aNumberOfAThousandDigitsIsAnsweredTooOrClosesTheConnection() throws IOException {
    for (int digits : new int[] {999, 1_000, 100_000}) {
      try (BridgeSocket each = bridge.connect()) {
        each.send(
            "{\"type\":\"send\",\"address\":\"tox.ping\",\"replyAddress\":\"r\",\"body\":{\"x\":%s}}"
                .formatted("9".repeat(digits)));
        assertThat(each.next().getString("type")).isIn("message", "err");
      }
    }
  }

  @Test
  void moreSubscriptionsThanTheLimitAreRefused() throws IOException {
    for (int n = 0; n <= Connections.MAX_SUBSCRIPTIONS_OF_ONE; n++) {
      client.send("{'type':'register','address':'tox.output.%d'}".formatted(n).replace('\'', '"'));
    }

    assertThat(client.next().getString("message"))
        .isEqualTo("address: 1000 are registered, no more can be");
  }

  @Test
  void aClientThatSendsAndDoesNotReadIsCutOff() throws IOException {
    Buffer pings = Buffer.buffer();
    for (int n = 0; n < 100; n++) {
      pings.appendBuffer(Frames.encode(Frames.ping()));
    }
    try (BridgeSocket bystander = bridge.connect()) {
      assertThatThrownBy(
              () -> {
                for (int n = 0; n < 100_000; n++) {
                  client.send(pings);
                }
              })
          .isInstanceOf(SocketException.class);
      bystander.send("{\"type\":\"ping\"}");
      assertThat(bystander.next().getString("type")).isEqualTo("pong");
    }
  }

  @Test
  void aClientThatWantsLongAnswersAndDoesNotReadIsCutOffSooner() {
    String frame =
        "{\"type\":\"send\",\"address\":\"tox.ping\",\"replyAddress\":\"%s\",\"body\":{}}"
            .formatted("r".repeat(900_000));

    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 100; n++) {
                client.send(frame);
              }
            })
        .isInstanceOf(SocketException.class);
  }

  @Test
  void aClientThatIsSentAwayAndDoesNotReadIsNotWaitedFor() throws IOException {
    await("the other tests' have gone").until(() -> bridge.connections().size() == 1);
    String longText = "r".repeat(900_000);
    int sent = 0;
    while (!bridge.connections().anyFull()) {
      client.send(
          "{\"type\":\"send\",\"address\":\"tox.ping\",\"replyAddress\":\"%s\",\"body\":{}}"
              .formatted(longText));
      int expected = ++sent;
      await().pollInterval(Duration.ofMillis(1)).until(() -> bridge.passed().size() == expected);
    }

    client.send("{");

    await().atMost(Duration.ofSeconds(10)).until(() -> bridge.connections().size() == 0);
  }
}
