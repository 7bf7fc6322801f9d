package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int LIMIT = 64;

  private final List<Buffer> payloads = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(() -> LIMIT, payloads::add, broken::add);

  @Test
  void framesThatCameInOnePieceAreTakenApart() {
    decoder.handle(Buffer.buffer().appendBuffer(frame("one")).appendBuffer(frame("two")));

    assertThat(payloads).extracting(Buffer::toString).containsExactly("one", "two");
    assertThat(broken).isEmpty();
  }

  @Test
  void aFrameThatCameByteByByteIsPutTogether() {
    for (byte each : frame("hello").getBytes()) {
      assertThat(payloads).isEmpty();
      decoder.handle(Buffer.buffer(new byte[] {each}));
    }

    assertThat(payloads).extracting(Buffer::toString).containsExactly("hello");
  }

  @Test
  void aFrameOfExactlyTheLimitIsTaken() {
    decoder.handle(frame("x".repeat(LIMIT)));

    assertThat(payloads).extracting(Buffer::length).containsExactly(LIMIT);
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, LIMIT + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aLengthOutOfBoundsIsReportedBeforeAnyByteOfTheFrameHasCome(int length) {
    decoder.handle(Buffer.buffer().appendInt(length));

    assertThat(broken)
        .containsExactly("a frame of " + Integer.toUnsignedString(length) + " bytes; 1 to 64 fit");
  }

  @Test
  void nothingIsLookedAtAfterALengthOutOfBounds() {
    decoder.handle(Buffer.buffer().appendInt(-1).appendBuffer(frame("same piece")).appendInt(-1));
    decoder.handle(frame("next piece"));

    assertThat(payloads).isEmpty();
    assertThat(broken).hasSize(1);
  }

  @Test
  void framesBeforeALengthOutOfBoundsStillCount() {
    decoder.handle(Buffer.buffer().appendBuffer(frame("good")).appendInt(LIMIT + 1));

    assertThat(payloads).extracting(Buffer::toString).containsExactly("good");
    assertThat(broken).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itMakesNoDifferenceWhereTheNetworkCutsTheStream(long seed) {
    Random random = new Random(seed);
    List<Buffer> sent = new ArrayList<>();
    Buffer stream = Buffer.buffer();
    for (int i = 0; i < 300; i++) {
      byte[] payload = new byte[1 + random.nextInt(LIMIT)];
      random.nextBytes(payload);
      sent.add(Buffer.buffer(payload));
      stream.appendBuffer(Frames.withLength(Buffer.buffer(payload)));
    }

    for (int at = 0; at < stream.length(); ) {
      int end = Math.min(stream.length(), at + 1 + random.nextInt(1 + random.nextInt(200)));
      decoder.handle(stream.getBuffer(at, end));
      at = end;
    }

    assertThat(payloads).as("seed %d", seed).isEqualTo(sent);
    assertThat(broken).isEmpty();
  }

  @Test
  void itSaysHowMuchHasComeOfAFrameThatIsNotWhole() {
    Buffer frame = frame("hello");
    for (int bytes = 0; bytes < frame.length(); bytes++) {
      assertThat(decoder.unfinished()).isEqualTo(bytes);
      decoder.handle(frame.getBuffer(bytes, bytes + 1));
    }

    assertThat(decoder.unfinished()).isZero();
  }

  @Test
  void onceItIsStoppedItLooksAtNothingAndHoldsNothing() {
    decoder.handle(frame("hello").slice(0, 7));
    decoder.stop();
    decoder.handle(frame("hello"));

    assertThat(payloads).isEmpty();
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET ", "    ", "~~~~"})
  void textInPlaceOfALengthIsToldFromALengthThatIsOutOfBounds(String text) {
    decoder.handle(Buffer.buffer(text));

    assertThat(broken).hasSize(1);
    assertThat(decoder.foundText()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET\u001f", "GET\u007f", "\u0016\u0003\u0001\u0002"})
  void aLengthThatIsOutOfBoundsIsNoText(String bytes) {
    decoder.handle(Buffer.buffer(bytes));

    assertThat(broken).hasSize(1);
    assertThat(decoder.foundText()).isFalse();
  }

  private static Buffer frame(String payload) {
    return Frames.withLength(Buffer.buffer(payload));
  }
}
