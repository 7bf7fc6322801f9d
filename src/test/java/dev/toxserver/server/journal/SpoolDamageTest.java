package dev.toxserver.server.journal;

import static dev.toxserver.server.journal.Entries.range;
import static dev.toxserver.server.journal.Entries.readAll;
import static dev.toxserver.server.journal.Entries.seqs;
import static dev.toxserver.server.journal.Entries.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that died, or a disk, may have left. */
class SpoolDamageTest {
  private static final int PAGE = 100_000;
  private static final int ENTRY = 13 + 100;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 13, 112})
  void anEntryThatIsTornAtTheEndIsNone(int rest) throws IOException {
    Path file = write(0, 10);
    truncate(file, 9 * ENTRY + rest);
    Spool spool = Spool.open(folder, 1_000_000);

    assertThat(readAll(spool, 0, PAGE)).isEqualTo(range(0, 9));
    assertThat(spool.last().orElseThrow().seq()).isEqualTo(8);
  }

  @Test
  void behindAFileThatIsTornTheNextFollowsAtOnce() throws IOException {
    Path first = write(0, 10);
    write(10, 20);
    truncate(first, 3 * ENTRY);
    Spool spool = Spool.open(folder, 1_000_000);

    assertThat(readAll(spool, 0, PAGE))
        .containsExactly(0L, 1L, 2L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    assertThat(seqs(spool.read(5, PAGE))).isEqualTo(range(10, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0x7fffffff, 1024 * 1024 + 1})
  void aLengthThatCanNotBeIsAnErrorAndNothingIsTakenForIt(int length) throws IOException {
    damage(write(0, 10), 5 * ENTRY, ByteBuffer.allocate(4).putInt(0, length));
    isReadableUpTo(5);
  }

  @Test
  void aKindThatIsNoneIsAnError() throws IOException {
    damage(write(0, 10), 5 * ENTRY + 12, ByteBuffer.wrap(new byte[] {3}));
    isReadableUpTo(5);
  }

  @Test
  void anEntryOutOfItsOrderIsAnErrorForAReaderWouldGoInCircles() throws IOException {
    damage(write(0, 10), 5 * ENTRY + 4, ByteBuffer.allocate(8).putLong(0, 2));
    isReadableUpTo(5);
  }

  @Test
  void behindAFileThatIsDamagedTheNextFollows() throws IOException {
    damage(write(0, 10), 5 * ENTRY, ByteBuffer.allocate(4).putInt(0, -1));
    write(10, 20);
    Spool spool = Spool.open(folder, 1_000_000);
    assertThat(readAll(spool, 0, PAGE))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkfifo %s", "mkdir %s", "ln -s /dev/zero %s", "ln -s missing %s"})
  @Timeout(30)
  void whatIsNoFileIsNeitherWaitedForNorRead(String command) throws Exception {
    Path file = write(0, 10);
    write(10, 20);
    Files.delete(file);
    sh(command.formatted(file));
    Spool spool = Spool.open(folder, 1_000_000);
    assertThat(readAll(spool, 0, PAGE)).isEqualTo(range(10, 20));
    assertThat(spool.last().orElseThrow().seq()).isEqualTo(19);
  }

  @Test
  void anEventThatIsNoJsonIsPassedOverAndSoIsWhatTheRunNeverHad() throws IOException {
    new Spool(folder, 1_000_000)
        .append(
            List.of(
                json(0, "{\"seq\":0,\"type\":\"queued\",\"position\":1}"),
                json(1, "{\"seq\":1,"),
                json(2, "{\"seq\":7,\"type\":\"queued\",\"position\":1}"),
                json(3, "{\"seq\":3,\"type\":\"exit\",\"returncode\":1e99}"),
                json(4, "{\"seq\":4,\"type\":\"queued\",\"position\":1}"),
                json(1_000, "{\"seq\":1000,\"type\":\"queued\",\"position\":1}")));
    Spool spool = Spool.open(folder, 1_000_000);
    assertThat(spool.bodies(0, 6, PAGE))
        .extracting(body -> body.getLong("seq"))
        .containsExactly(0L, 4L);
    assertThat(spool.bodies(1, 6, 1)).hasSize(1);
    assertThat(spool.bodies(5, 6, PAGE)).isEmpty();
  }

  private static Entry json(long seq, String text) {
    return new Entry(seq, Entry.Kind.JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void sh(String command) throws Exception {
    assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void aFileThatIsOnlyDamagedHasNoLastEntryAndTheOneBeforeItCounts() throws IOException {
    write(0, 10);
    damage(write(10, 20), 0, ByteBuffer.allocate(4).putInt(0, -1));
    assertThat(Spool.open(folder, 1_000_000).last().orElseThrow().seq()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"output.", "output.1", "output.x", "output.9999999999999999999"})
  void aFileThatIsNotOursIsLeftAlone(String name) throws IOException {
    write(0, 10);
    Files.writeString(folder.resolve(name), "rubbish");
    assertThat(readAll(Spool.open(folder, 1_000_000), 0, PAGE)).isEqualTo(range(0, 10));
  }

  /** What is before the damage is worth having. */
  private void isReadableUpTo(long damaged) throws IOException {
    Spool spool = Spool.open(folder, 1_000_000);
    assertThat(seqs(spool.read(0, PAGE))).isEqualTo(range(0, damaged));
    assertThat(spool.last().orElseThrow().seq()).isEqualTo(damaged - 1);
    assertThat(spool.read(damaged, PAGE)).isEmpty();
  }

  private Path write(long from, long to) throws IOException {
    List<Entry> entries = stdout(from, to, 100);
    new Spool(folder, 1_000_000).append(entries);
    return folder.resolve("output.%019d".formatted(from));
  }

  private static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private static void damage(Path file, long position, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(bytes, position);
    }
  }
}
