package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Events and entries by the dozen. */
final class Entries {
  private Entries() {}

  /** Output whose first bytes are its place in the run. */
  static RunEvent.Output output(long seq, int bytes) {
    return new RunEvent.Output(seq, Stream.STDOUT, ByteBuffer.allocate(bytes).putLong(seq).array());
  }

  static RunEvent.Exit exit(long seq) {
    return new RunEvent.Exit(seq, 0, false, Optional.empty());
  }

  /** From one up to another, which is not among them. */
  static List<Entry> stdout(long from, long to, int bytes) {
    return LongStream.range(from, to)
        .mapToObj(seq -> new Entry(seq, Entry.Kind.STDOUT, output(seq, bytes).data()))
        .toList();
  }

  static List<Long> seqs(List<Entry> entries) {
    return entries.stream().map(Entry::seq).toList();
  }

  static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  /** All that a reader gets, page by page. */
  static List<Long> readAll(Spool spool, long from, int most) throws IOException {
    List<Long> all = new ArrayList<>();
    List<Entry> page = spool.read(from, most);
    while (!page.isEmpty()) {
      all.addAll(seqs(page));
      page = spool.read(all.get(all.size() - 1) + 1, most);
    }
    return all;
  }
}
