package dev.toxserver.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.Stream;
import java.io.File;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolTest {

  @Test
  void everyByteComesBackInOrderOfBothStreams() {
    Random random = new Random(1);
    Spool spool = new Spool(new SpoolSpace(10_000_000));
    for (int n = 0; n < 100; n++) {
      spool.add(n % 3 == 0 ? Stream.STDERR : Stream.STDOUT, bytes(n, random));
    }
    random.setSeed(1);
    for (int n = 0; n < 100; n++) {
      Spool.Piece piece = spool.next();
      assertThat(piece.stream()).isEqualTo(n % 3 == 0 ? Stream.STDERR : Stream.STDOUT);
      assertThat(piece.data()).isEqualTo(bytes(n, random));
    }
    assertThat(spool.isEmpty()).isTrue();
    assertThatThrownBy(spool::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void itsFileHasNoNameThatAnybodyCouldOpenOrThatCouldBeLeftBehind() {
    long before = named();
    Spool spool = new Spool(new SpoolSpace(1_000));
    spool.add(Stream.STDOUT, "x".getBytes(UTF_8));
    assertThat(named()).isEqualTo(before);
    assertThat(spool.next().data()).isEqualTo("x".getBytes(UTF_8));
  }

  @Test
  void allSpoolsShareOneSpaceAndWhatWasShownOrIsUnwantedGivesItBack() {
    SpoolSpace space = new SpoolSpace(25);
    Spool one = new Spool(space);
    Spool other = new Spool(space);
    one.add(Stream.STDOUT, new byte[10]);
    other.add(Stream.STDOUT, new byte[10]);
    assertThat(other.lost()).contains(10L);
    one.next();
    assertThat(other.takeLoss()).contains("10 bytes");
    other.add(Stream.STDOUT, new byte[10]);
    assertThat(other.lost()).isEmpty();
    other.close();
    one.add(Stream.STDOUT, new byte[20]);
    assertThat(one.lost()).isEmpty();
  }

  @Test
  void behindWhatIsLostNothingIsKeptThoughItWouldFit() {
    Spool spool = new Spool(new SpoolSpace(20));
    spool.add(Stream.STDOUT, new byte[30]);
    spool.add(Stream.STDOUT, new byte[1]);
    assertThat(spool.isEmpty()).isTrue();
    assertThat(spool.lost()).contains(31L);
  }

  private static byte[] bytes(int n, Random random) {
    byte[] bytes = new byte[n * 37];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long named() {
    File[] files =
        new File(System.getProperty("java.io.tmpdir"))
            .listFiles((folder, name) -> name.startsWith("tox-server-matrix-"));
    return files == null ? 0 : files.length;
  }
}
