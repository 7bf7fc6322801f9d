package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Reads a placement's log from one message on, what there is and what comes, each once and in
 * order. What is told live is taken as it is; what that misses is fetched by its number. No state
 * of it is on the server. Belongs to its link's context.
 */
public final class LogReader {
  private static final int MOST_AT_ONCE = 32;
  private static final long LOOK_MILLIS = 1_000;

  /** A replica may answer that does not have yet what was told. */
  private static final long BEHIND_MILLIS = 5;

  private final NatsLink link;
  private final NatsSubjects.Log log;
  private final Consumer<LogMessage> onMessage;
  private Runnable stopListening = () -> {};
  private long timer;
  private long next;
  private long told = -1;
  private int atOnce = 1;
  private boolean fetching;
  private boolean done;

  /**
   * Reads nothing before {@link #start}.
   *
   * @param from the number of the first message
   * @param onMessage takes each; the last one says that it is the end
   */
  public LogReader(NatsLink link, NatsSubjects.Log log, long from, Consumer<LogMessage> onMessage) {
    this.link = link;
    this.log = log;
    this.next = from;
    this.onMessage = onMessage;
  }

  /** Listens first, so that nothing is missed, and fetches what was before. */
  public void start() {
    stopListening = link.listen(log.live(), this::live);
    timer = link.vertx().setPeriodic(LOOK_MILLIS, look -> fetch());
    fetch();
  }

  /** Reads nothing more. */
  public void end() {
    done = true;
    stopListening.run();
    link.vertx().cancelTimer(timer);
  }

  private void live(Stored message) {
    if (done) {
      return;
    }
    long index = NatsSubjects.indexOf(message.subject());
    told = Math.max(told, index);
    if (index == next && !fetching) {
      take(message);
    } else if (index >= next) {
      fetch();
    }
  }

  private void fetch() {
    if (fetching || done) {
      return;
    }
    fetching = true;
    List<Future<Optional<Stored>>> page =
        LongStream.range(next, next + atOnce)
            .mapToObj(index -> link.get(NatsSubjects.OUTPUT_STREAM, log.message(index)))
            .toList();
    Future.join(page).onComplete(come -> fetched(page));
  }

  private void fetched(List<Future<Optional<Stored>>> page) {
    fetching = false;
    for (Future<Optional<Stored>> each : page) {
      Optional<Stored> found = each.succeeded() ? each.result() : Optional.empty();
      if (done) {
        return;
      }
      if (found.isEmpty()) {
        atOnce = 1;
        if (told >= next) {
          link.vertx().setTimer(BEHIND_MILLIS, later -> fetch());
        }
        return;
      }
      take(found.get());
    }
    atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
    fetch();
  }

  private void take(Stored stored) {
    next++;
    LogMessage message = LogMessage.of(stored);
    if (message.end()) {
      end();
    }
    onMessage.accept(message);
  }
}
