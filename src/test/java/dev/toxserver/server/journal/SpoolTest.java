package dev.toxserver.server.journal;

import static dev.toxserver.server.journal.Entries.range;
import static dev.toxserver.server.journal.Entries.readAll;
import static dev.toxserver.server.journal.Entries.seqs;
import static dev.toxserver.server.journal.Entries.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final int PAGE = 1_000;
  private static final long ROOM = 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadInItsOrderPageByPage() throws IOException {
    Spool spool = new Spool(folder, ROOM);
    spool.append(stdout(0, 10, 300));
    spool.append(stdout(10, 30, 300));

    assertThat(seqs(spool.read(0, PAGE))).isEqualTo(range(0, 3));
    assertThat(readAll(spool, 0, PAGE)).isEqualTo(range(0, 30));
    assertThat(spool.read(30, PAGE)).isEmpty();
  }

  @Test
  void anEntryComesBackAsItWasEvenIfItIsLongerThanAPage() throws IOException {
    Spool spool = new Spool(folder, ROOM);
    byte[] text = "{\"seq\":1,\"type\":\"queued\",\"position\":1}".getBytes(StandardCharsets.UTF_8);
    spool.append(
        List.of(
            new Entry(0, Entry.Kind.STDERR, new byte[5 * PAGE]),
            new Entry(1, Entry.Kind.JSON, text),
            new Entry(2, Entry.Kind.STDOUT, new byte[0])));

    List<Entry> first = spool.read(0, PAGE);
    assertThat(seqs(first)).containsExactly(0L);
    assertThat(first.get(0).kind()).isEqualTo(Entry.Kind.STDERR);
    assertThat(first.get(0).payload()).isEqualTo(new byte[5 * PAGE]);
    List<Entry> second = spool.read(1, PAGE);
    assertThat(second.get(0).body().orElseThrow().getInteger("position")).isEqualTo(1);
    assertThat(second.get(1).body().orElseThrow().getString("data")).isEmpty();
  }

  @Test
  void aReaderMayBeginInTheMiddleAndTwoMayTakeTurns() throws IOException {
    Spool spool = new Spool(folder, 16 * 1_000);
    for (int n = 0; n < 30; n++) {
      spool.append(stdout(n, n + 1, 300));
    }
    assertThat(readAll(spool, 17, PAGE)).isEqualTo(range(17, 30));

    assertThat(seqs(spool.read(2, PAGE))).startsWith(2L);
    assertThat(seqs(spool.read(20, PAGE))).startsWith(20L);
    assertThat(readAll(spool, 5, PAGE)).isEqualTo(range(5, 30));
  }

  @Test
  void theOldestGoWhenThereAreTooManyAndTheFirstThatIsLeftIsTold() throws IOException {
    Spool spool = new Spool(folder, 16 * 1_000);
    for (int n = 0; n < 200; n++) {
      spool.append(stdout(n, n + 1, 300));
    }

    assertThat(spool.firstSeq()).isBetween(140L, 160L);
    assertThat(readAll(spool, 0, PAGE)).isEqualTo(range(spool.firstSeq(), 200));
    assertThat(bytesOnDisk()).isLessThanOrEqualTo(16 * 1_000);
  }

  @Test
  void whatIsWrittenAtOnceStaysHoweverLongItIs() throws IOException {
    Spool spool = new Spool(folder, 1_000);
    spool.append(stdout(0, 10, 300));
    assertThat(readAll(spool, 0, PAGE)).isEqualTo(range(0, 10));

    spool.append(stdout(10, 20, 300));
    assertThat(spool.firstSeq()).isEqualTo(10);
  }

  @Test
  void theNextServerReadsOnWhereThisOneEnded() throws IOException {
    Spool written = new Spool(folder, 16 * 1_000);
    for (int n = 0; n < 200; n++) {
      written.append(stdout(n, n + 1, 300));
    }
    Spool spool = Spool.open(folder, 16 * 1_000);

    assertThat(spool.firstSeq()).isEqualTo(written.firstSeq());
    assertThat(spool.last().orElseThrow().seq()).isEqualTo(199);
    assertThat(readAll(spool, 0, PAGE)).isEqualTo(range(spool.firstSeq(), 200));
  }

  @Test
  void anEmptyOneHasNothing() throws IOException {
    Spool spool = Spool.open(folder, ROOM);
    assertThat(spool.firstSeq()).isZero();
    assertThat(spool.last()).isEmpty();
    assertThat(spool.read(0, PAGE)).isEmpty();
  }

  @Test
  void whatIsDeletedIsGoneFromTheDiskToo() throws IOException {
    Spool spool = new Spool(folder, ROOM);
    spool.append(stdout(0, 10, 300));
    spool.delete();
    assertThat(spool.read(0, PAGE)).isEmpty();
    assertThat(bytesOnDisk()).isZero();
  }

  @Test
  void nobodyElseCanReadIt() throws IOException {
    new Spool(folder, ROOM).append(stdout(0, 1, 10));
    try (var files = Files.list(folder)) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  private long bytesOnDisk() throws IOException {
    long bytes = 0;
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
