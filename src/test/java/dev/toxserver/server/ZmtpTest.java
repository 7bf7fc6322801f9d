package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The original's clients beside others, by a port of their own; those others need a token. */
@ExtendWith(VertxExtension.class)
class ZmtpTest {
  private static final Token TOKEN = new Token("0123456789abcdef");

  private FakeRunner runner;
  private ServerVerticle server;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    ServerConfig config = TestConfig.server(Optional.of(TOKEN), 1, 10);
    ServerConfig.Listen listen =
        new ServerConfig.Listen(
            "127.0.0.1", 0, Optional.empty(), Optional.empty(), Optional.of(0), Optional.empty());
    server = runner.deploy(TestConfig.listening(config, listen));
    port = server.zmtpPort().orElseThrow();
  }

  @Test
  void withoutTheSettingNothingListens(Vertx vertx) throws Exception {
    assertThat(runner.deploy(TestConfig.server(Optional.empty(), 1, 1)).zmtpPort()).isEmpty();
  }

  @Test
  void aRunIsReadFromItsFirstByteToItsExit() throws Exception {
    try (OriginalSocket client = OriginalSocket.ready(port)) {
      String id = run(client);
      runner.output(id, 0, 300, 60_000);
      runner.exit(id, 300, 3);
      for (int n = 0; n < 300; n++) {
        assertThat(client.next().getJsonObject("args").getString("data")).hasSize(75_000);
      }
      JsonObject exit = client.next();
      assertThat(exit.getString("command")).isEqualTo("RUN");
      assertThat(exit.getJsonObject("args").getInteger("returncode")).isEqualTo(3);
    }
  }

  @Test
  void itIsCancelledByAnInterruptAndBySimplyLeaving() throws Exception {
    OriginalSocket client = OriginalSocket.ready(port);
    String id = run(client);
    client.request("INTERRUPT", new JsonObject().put("command", "RUN"));
    assertThat(runner.nextCancel()).isEqualTo(id);
    runner.exit(id, 0, 130);
    assertThat(client.next().getString("command")).isEqualTo("RUN");
    String other = run(client);
    client.close();
    assertThat(runner.nextCancel()).isEqualTo(other);
  }

  @Test
  void whatTheServerRefusesIsAnError() throws Exception {
    try (OriginalSocket client = OriginalSocket.ready(port)) {
      client.run("x".repeat(200_000));
      assertThat(client.next().getJsonObject("args").getString("message")).startsWith("args");
      client.request("PING", null);
      assertThat(client.next().getJsonObject("args").getInteger("running")).isZero();
      client.request("QUIT", null);
      assertThat(client.next().getString("args")).isEqualTo("DONE");
    }
  }

  @Test
  void aReaderThatStopsHoldsItsRunUpAndNobodyElses() throws Exception {
    try (OriginalSocket client = OriginalSocket.ready(port);
        OriginalSocket other = OriginalSocket.ready(port)) {
      String id = run(client);
      runner.output(id, 0, 400, 60_000);
      other.request("PING", null);
      other.next();
      List<Long> acknowledged = runner.acknowledged();
      assertThat(acknowledged).last().satisfies(last -> assertThat(last).isLessThan(399));
      for (int n = 0; n < 400; n++) {
        client.next();
      }
      runner.awaitAcknowledge(399);
    }
  }

  @Test
  void aBrowserIsToldNothingAndStartsNothing() throws Exception {
    try (OriginalSocket browser = new OriginalSocket(port)) {
      String body = "\u0001".repeat(300) + "{\"command\":\"RUN\",\"args\":{\"tox\":[]}}";
      browser.send(("POST / HTTP/1.1\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
      assertClosed(browser);
      assertThat(runner.starts()).isZero();
    }
  }

  @Test
  void thoseThatDoNotSayInTimeThatTheyAreReadyAreCutOff() throws Exception {
    List<OriginalSocket> silent = new ArrayList<>();
    for (int n = 0; n < TestConfig.LIMITS.unauthenticated(); n++) {
      silent.add(new OriginalSocket(port));
    }
    try (OriginalSocket oneMore = new OriginalSocket(port)) {
      assertClosed(oneMore);
    }
    for (OriginalSocket each : silent) {
      assertClosed(each);
      each.close();
    }
    await().until(() -> isServed());
  }

  @Test
  void aMessageThatIsBegunAndNotEndedIsNotWaitedForForEver() throws Exception {
    try (OriginalSocket client = OriginalSocket.ready(port)) {
      client.send(new byte[] {2, 0, 0, 0, 0, 0, 0, 1, 0, 'x'});
      assertClosed(client);
    }
  }

  @Test
  void thoseOfTheOthersStillNeedTheToken() throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      assertThat(client.refusal("tox.ping", new JsonObject(), 401)).contains("token");
    }
  }

  private boolean isServed() throws IOException {
    try (OriginalSocket client = OriginalSocket.ready(port)) {
      client.request("PING", null);
      return client.next().getString("command").equals("PING");
    }
  }

  private String run(OriginalSocket client) throws Exception {
    client.run("-e", "py");
    String id = runner.nextStart().getJsonObject("run").getString("id");
    runner.publish(id, new RunEvent.Heartbeat("STARTED"));
    assertThat(client.next().getString("command")).isEqualTo("HEARTBEAT");
    return id;
  }

  private static void assertClosed(OriginalSocket socket) {
    int read;
    try {
      read = socket.read();
    } catch (java.net.SocketException e) {
      read = -1; // reset, for the server had not read all
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(read).isEqualTo(-1);
  }
}
