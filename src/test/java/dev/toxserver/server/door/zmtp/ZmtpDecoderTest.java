package dev.toxserver.server.door.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.MalformedException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes as libzmq sends them, and those that no ZeroMQ socket sends. */
class ZmtpDecoderTest implements ZmtpDecoder.Peer {
  private static final int MOST = 1000;

  private final List<String> told = new ArrayList<>();
  private final ZmtpDecoder decoder = new ZmtpDecoder(MOST, this);

  @Test
  void messagesAreReadInWhateverPiecesTheyCome() {
    Buffer all =
        greeting(3, "NULL")
            .appendBuffer(ready("DEALER"))
            .appendBuffer(Zmtp.ping())
            .appendBuffer(Zmtp.message(List.of(text(""), text("a"))))
            .appendBuffer(Zmtp.message(List.of(text("x".repeat(300)))));
    for (int n = 0; n < all.length(); n++) {
      decoder.take(all.getBuffer(n, n + 1));
    }
    assertThat(told).containsExactly("recognised", "ready", "[, a]", "[" + "x".repeat(300) + "]");
    assertThat(decoder.unfinished()).isZero();
  }

  @Test
  void theGreetingMayStopBehindTheSignatureUntilItIsAnswered() {
    decoder.take(greeting(3, "NULL").getBuffer(0, 10));
    assertThat(told).containsExactly("recognised");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1\r\nHost: x\r\n\r\n", "G", "\u0001\u0001\u0001"})
  void aBrowserIsKnownByItsFirstByteAndToldNothing(String bytes) {
    assertRefused(text(bytes));
    assertThat(told).isEmpty();
  }

  @Test
  void anOlderVersionAndAnotherMechanismAreRefused() {
    assertRefused(greeting(1, "NULL"));
    assertThat(told).isEmpty();
    assertThatThrownBy(() -> new ZmtpDecoder(MOST, this).take(greeting(3, "CURVE")))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUB", "ROUTER", "PUSH", ""})
  void aSocketThatCanNotBeAnsweredIsRefused(String type) {
    decoder.take(greeting(3, "NULL"));
    assertRefused(ready(type));
  }

  @Test
  void aMessageBeforeTheSocketIsReadyIsRefused() {
    decoder.take(greeting(3, "NULL"));
    assertRefused(Zmtp.message(List.of(text("a"))));
  }

  @Test
  void noMoreIsCollectedThanAMessageMayHave() {
    begin();
    Buffer part = text("y".repeat(MOST - 1));
    decoder.take(Zmtp.message(List.of(part, text("z"))));
    assertThat(told).hasSize(3);
    Buffer longer = Zmtp.message(List.of(part, text("zz")));
    decoder.take(longer.getBuffer(0, longer.length() - 4));
    assertThat(decoder.unfinished()).isEqualTo(MOST - 1);
    assertRefused(longer.getBuffer(longer.length() - 4, longer.length()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, MOST + 1, 1L << 40})
  void aLengthThatIsTooLongIsRefusedBeforeTheBytesCome(long length) {
    begin();
    assertRefused(Buffer.buffer().appendByte((byte) Zmtp.LONG).appendLong(length));
  }

  @Test
  void manyEmptyPartsAreRefused() {
    begin();
    Buffer empty = Buffer.buffer().appendByte((byte) Zmtp.MORE).appendByte((byte) 0);
    for (int n = 0; n < ZmtpDecoder.MAX_PARTS; n++) {
      decoder.take(empty);
    }
    assertRefused(empty);
  }

  @Test
  void unknownFlagsAndASecondReadyAreRefused() {
    begin();
    assertRefused(Buffer.buffer().appendByte((byte) 8).appendByte((byte) 0));
    assertThatThrownBy(
            () -> new ZmtpDecoder(MOST, this).take(greeting(3, "NULL").appendBuffer(twice())))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0005READY\u000bSocket-Type", "\u0005READY\u0001a\u0000\u0000\u0001\u0000"})
  void aReadyThatEndsTooEarlyIsRefused(String body) {
    decoder.take(greeting(3, "NULL"));
    Buffer frame = Buffer.buffer().appendByte((byte) Zmtp.COMMAND);
    assertRefused(frame.appendByte((byte) body.length()).appendString(body, "ISO-8859-1"));
  }

  @Override
  public void recognised() {
    told.add("recognised");
  }

  @Override
  public void ready() {
    told.add("ready");
  }

  @Override
  public void sent(List<Buffer> message) {
    told.add(message.toString());
  }

  private void begin() {
    decoder.take(greeting(3, "NULL").appendBuffer(ready("DEALER")));
  }

  private void assertRefused(Buffer bytes) {
    assertThatThrownBy(() -> decoder.take(bytes)).isInstanceOf(MalformedException.class);
  }

  private static Buffer twice() {
    return ready("REQ").appendBuffer(ready("REQ"));
  }

  private static Buffer greeting(int version, String mechanism) {
    Buffer greeting = Zmtp.greeting().setByte(10, (byte) version);
    return greeting.setBytes(12, new byte[20]).setString(12, mechanism);
  }

  private static Buffer ready(String type) {
    Buffer body =
        text("\u0005READY\u0008Identity\0\0\0\0\u000bSocket-Type\0\0\0")
            .appendByte((byte) type.length());
    body.appendString(type);
    Buffer frame = Buffer.buffer().appendByte((byte) Zmtp.COMMAND);
    return frame.appendByte((byte) body.length()).appendBuffer(body);
  }

  private static Buffer text(String text) {
    return Buffer.buffer(text);
  }
}
