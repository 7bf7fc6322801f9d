package dev.toxserver.runner;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingOutputTest {
  private final PendingOutput pending = new PendingOutput();

  @Test
  void onlyTheFirstHasToBeAnnouncedUntilAllIsTaken() {
    assertThat(pending.add(piece(Stream.STDOUT, "a"))).isTrue();
    assertThat(pending.add(piece(Stream.STDOUT, "b"))).isFalse();
    pending.take();
    assertThat(pending.add(piece(Stream.STDOUT, "c"))).isTrue();
  }

  @Test
  void whatHasPiledUpIsTakenInOnePieceThatCostsAsMuch() {
    pending.add(piece(Stream.STDOUT, "a"));
    pending.add(piece(Stream.STDOUT, "bc"));
    pending.add(piece(Stream.STDOUT, "d"));

    List<PendingOutput.Piece> taken = pending.take();

    assertThat(taken).extracting(PendingOutputTest::text).containsExactly("stdout abcd");
    assertThat(taken.get(0).cost()).isEqualTo(4 + 3 * (Window.cost(new byte[0])));
    assertThat(pending.take()).isEmpty();
  }

  @Test
  void theOrderOfTheStreamsIsTheOneInWhichTheyWereRead() {
    pending.add(piece(Stream.STDOUT, "a"));
    pending.add(piece(Stream.STDERR, "b"));
    pending.add(piece(Stream.STDERR, "c"));
    pending.add(piece(Stream.STDOUT, "d"));

    assertThat(pending.take())
        .extracting(PendingOutputTest::text)
        .containsExactly("stdout a", "stderr bc", "stdout d");
  }

  @Test
  void noPieceGetsLongerThanTheLimitByBeingPutTogether() {
    int half = PendingOutput.MAX_BYTES / 2;
    for (int n = 0; n < 5; n++) {
      pending.add(piece(Stream.STDOUT, "x".repeat(half)));
    }
    pending.add(piece(Stream.STDOUT, "x".repeat(3 * half)));

    assertThat(pending.take())
        .extracting(piece -> piece.data().length)
        .containsExactly(2 * half, 2 * half, half, 3 * half);
  }

  private static PendingOutput.Piece piece(Stream stream, String text) {
    byte[] data = text.getBytes(US_ASCII);
    return new PendingOutput.Piece(stream, data, Window.cost(data));
  }

  private static String text(PendingOutput.Piece piece) {
    return piece.stream().wireName() + " " + new String(piece.data(), US_ASCII);
  }
}
