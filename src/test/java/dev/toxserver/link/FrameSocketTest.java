package dev.toxserver.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.HandClock;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames, pings and what counts as lost, on a socket that does what the test says. */
class FrameSocketTest {
  private static final String PING = "{\"type\":\"ping\"}";

  private final HandClock clock = new HandClock();
  private final List<String> sent = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private boolean closeOnFirstFrame;
  private Handler<Buffer> onBytes;
  private Handler<Throwable> onFailure;
  private Handler<Void> onClose;

  private final NetSocket netSocket =
      (NetSocket)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {NetSocket.class},
              (proxy, method, args) -> call(proxy, method.getName(), args));

  private final FrameSocket socket = open(Optional.empty());

  @Test
  void framesGoOutAndComeIn() {
    socket.send(Frames.register("tox.output.r1"));
    assertThat(sent).containsExactly("{\"type\":\"register\",\"address\":\"tox.output.r1\"}");
    receive("{\"type\":\"pong\"}");
    onBytes.handle(
        Frames.event(
            new RunId("r1"),
            RunEventJson.encode(new RunEvent.Output(3, Stream.STDOUT, new byte[] {'x'}))));
    assertThat(received).containsExactly("{\"type\":\"pong\"}", "output 3 of r1");
    assertThat(lost).isEmpty();
  }

  @Test
  void theTokenIsInTheFirstFrameAlone() {
    sent.clear();
    FrameSocket known = open(ClientConfigs.at("h", 1).token().showTo(Optional.empty(), 1, 0));
    known.send(Frames.register("a"));
    known.send(Frames.register("b"));
    assertThat(sent)
        .containsExactly(
            "{\"type\":\"register\",\"address\":\"a\",\"headers\":{\"token\":\"0123456789abcdef\"}}",
            "{\"type\":\"register\",\"address\":\"b\"}");
  }

  @Test
  void aPingIsSentEveryFiveSeconds() {
    for (int n = 1; n <= 5; n++) {
      clock.advance(4_999);
      assertThat(sent).hasSize(n - 1);
      clock.advance(1);
      assertThat(sent).hasSize(n).last().isEqualTo(PING);
      receive("{\"type\":\"pong\"}");
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void aSocketThatStaysSilentForSixteenSecondsIsLost() {
    clock.advance(15_999);
    assertThat(sent).containsExactly(PING, PING, PING);
    assertThat(lost).isEmpty();
    clock.advance(1);
    assertThat(lost).containsExactly("nothing was heard for 15 s");
    assertThat(calls).containsExactly("close");
    clock.advance(60_000);
    assertThat(sent).hasSize(3);
    assertThat(lost).hasSize(1);
  }

  @Test
  void aSingleByteIsASignOfLife() {
    clock.advance(15_500);
    onBytes.handle(Buffer.buffer(new byte[] {0}));
    clock.advance(10_000);
    assertThat(lost).isEmpty();
    clock.advance(10_000);
    assertThat(lost).hasSize(1);
  }

  @Test
  void whileItIsPausedSilenceMeansNothing() {
    clock.advance(14_000);
    socket.pause();
    clock.advance(60_000);
    assertThat(lost).isEmpty();
    assertThat(sent).as("the server has to hear that the client is there").hasSizeGreaterThan(10);
    socket.resume();
    assertThat(calls).containsExactly("pause", "resume");
    clock.advance(11_000);
    assertThat(lost).isEmpty();
    clock.advance(6_000);
    assertThat(lost).hasSize(1);
  }

  @Test
  void whatWentUnansweredBeforeAPauseIsForgotten() {
    clock.advance(15_000);
    socket.pause();
    socket.resume();
    clock.advance(1_000);
    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "{", "[]", "{} {}"})
  void whatIsNoJsonObjectEndsIt(String payload) {
    receive(payload);
    receive("{\"type\":\"pong\"}");
    assertThat(lost).containsExactly("it sent a frame that is no JSON object");
    assertThat(received).isEmpty();
    assertThat(calls).containsExactly("close");
  }

  @Test
  void aFrameThatIsTooLongEndsIt() {
    onBytes.handle(Buffer.buffer().appendInt(1024 * 1024 + 1));
    assertThat(lost).containsExactly("it sent a frame of 1048577 bytes; 1 to 1048576 fit");
  }

  @Test
  void itIsLostWhenTheServerClosesIt() {
    onClose.handle(null);
    onFailure.handle(new IOException("reset"));
    assertThat(lost).containsExactly("it was closed by the server");
    assertThat(clock.timers()).isZero();
  }

  @Test
  void itIsLostWithTheReasonThatTheSystemGives() {
    onFailure.handle(new IOException("Connection reset"));
    onClose.handle(null);
    assertThat(lost).containsExactly("Connection reset");
  }

  @Test
  void afterACloseNothingIsHeardAndNobodyIsTold() {
    Buffer two = frame("{\"type\":\"pong\"}").appendBuffer(frame("{\"type\":\"pong\"}"));
    closeOnFirstFrame = true;
    onBytes.handle(two);
    onClose.handle(null);
    socket.close();
    clock.advance(60_000);
    assertThat(received).hasSize(1);
    assertThat(sent).isEmpty();
    assertThat(lost).isEmpty();
    assertThat(calls).containsExactly("close");
  }

  private FrameSocket open(Optional<Token> token) {
    return new FrameSocket(
        clock.vertx(),
        netSocket,
        token,
        output -> received.add("output " + output.output().seq() + " of " + output.run()),
        frame -> {
          received.add(frame.encode());
          if (closeOnFirstFrame) {
            socket.close();
          }
        },
        reason -> lost.add(reason.getMessage()));
  }

  private void receive(String payload) {
    onBytes.handle(frame(payload));
  }

  private static Buffer frame(String payload) {
    return Frames.withLength(Buffer.buffer(payload));
  }

  @SuppressWarnings("unchecked")
  private Object call(Object proxy, String method, Object[] args) {
    switch (method) {
      case "handler" -> onBytes = (Handler<Buffer>) args[0];
      case "exceptionHandler" -> onFailure = (Handler<Throwable>) args[0];
      case "closeHandler" -> onClose = (Handler<Void>) args[0];
      case "write" -> {
        Buffer bytes = (Buffer) args[0];
        sent.add(bytes.getString(Frames.LENGTH_BYTES, bytes.length()));
        return Future.succeededFuture();
      }
      case "close" -> {
        calls.add(method);
        return Future.succeededFuture();
      }
      default -> calls.add(method);
    }
    return proxy;
  }
}
