package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Fetches messages of a log by their numbers: as many at once as are small. Belongs to its link's
 * context.
 */
public final class LogPages {
  private static final int MOST_AT_ONCE = 8;

  /** What a page should not exceed by much, if the next messages are like the last ones. */
  private static final int PAGE_BYTES = 256 * 1024;

  private final NatsLink link;
  private final NatsSubjects.Log log;
  private int atOnce = 1;

  /** For one log. */
  public LogPages(NatsLink link, NatsSubjects.Log log) {
    this.link = link;
    this.log = log;
  }

  /**
   * Messages from one on.
   *
   * @return those that follow each other without a gap, and that the replicas have which answer;
   *     empty if the first of them is not there, or nobody answers
   */
  public Future<List<Stored>> from(long index) {
    List<Future<Optional<Stored>>> page =
        LongStream.range(index, index + atOnce)
            .mapToObj(each -> link.get(NatsSubjects.OUTPUT_STREAM, log.message(each)))
            .toList();
    return Future.join(page).transform(done -> Future.succeededFuture(inARow(page)));
  }

  private List<Stored> inARow(List<Future<Optional<Stored>>> page) {
    List<Stored> found = new ArrayList<>();
    int bytes = 0;
    for (Future<Optional<Stored>> each : page) {
      if (each.failed() || each.result().isEmpty()) {
        atOnce = 1;
        return found;
      }
      found.add(each.result().get());
      bytes += each.result().get().body().length();
    }
    int most = PAGE_BYTES / Math.max(1, bytes / page.size());
    atOnce = Math.max(1, Math.min(2 * atOnce, Math.min(MOST_AT_ONCE, most)));
    return found;
  }
}
