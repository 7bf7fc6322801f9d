package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.HandClock;
import dev.toxserver.Peer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a server that hangs up wants TLS. */
class TlsProbeTest {
  private final Vertx vertx = Vertx.vertx();
  private final NetClient netClient = vertx.createNetClient();
  private final HandClock clock = new HandClock(vertx);

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void anAlertIsTls() throws Exception {
    try (Peer server = new Peer()) {
      Future<Boolean> answer = ask(server);
      server.accept().send((byte) 21, (byte) 3);
      assertThat(result(answer)).isTrue();
      assertThat(server.nextByte()).isEqualTo(22);
      byte[] rest = new byte[9];
      int n = 1;
      while (server.nextByte() >= 0) {
        n++;
      }
      assertThat(n).as("an empty hello, then it closes").isEqualTo(rest.length);
    }
  }

  @Test
  void anyOtherAnswerIsNot() throws Exception {
    try (Peer server = new Peer()) {
      Future<Boolean> answer = ask(server);
      server.accept().send((byte) 20);
      assertThat(result(answer)).isFalse();
    }
  }

  @Test
  void aServerThatHangsUpSpeaksNoTls() throws Exception {
    try (Peer server = new Peer()) {
      Future<Boolean> answer = ask(server);
      server.accept().hangUp();
      assertThat(result(answer)).isFalse();
    }
  }

  @Test
  void norDoesOneThatIsNotThere() throws Exception {
    try (Peer server = new Peer()) {
      server.goAway();
      assertThat(result(ask(server))).isFalse();
    }
  }

  @Test
  void norDoesOneThatSaysNothingForASecond() throws Exception {
    try (Peer server = new Peer()) {
      Future<Boolean> answer = ask(server);
      server.accept();
      assertThat(server.nextByte()).isEqualTo(22);
      clock.advance(999);
      assertThat(answer.isComplete()).isFalse();
      clock.advance(1);
      assertThat(result(answer)).isFalse();
    }
  }

  /**
   * On an event loop, as the client does: elsewhere, the answer may come before it is waited for.
   */
  private Future<Boolean> ask(Peer server) {
    Promise<Boolean> answer = Promise.promise();
    vertx.runOnContext(
        v -> TlsProbe.ask(clock.vertx(), netClient, server.port(), "127.0.0.1").onComplete(answer));
    return answer.future();
  }

  private static boolean result(Future<Boolean> answer) {
    await().atMost(Listening.DEADLINE).until(answer::isComplete);
    return answer.result();
  }
}
