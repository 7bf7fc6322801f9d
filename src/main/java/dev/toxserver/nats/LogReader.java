package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a placement's log from one message on, what there is and what comes, each once and in
 * order. What is told live is taken as it is; what that misses is fetched by its number. Messages
 * that were deleted are passed over: the numbers of the events tell how many are missing. No state
 * of it is on the server. Belongs to its link's context.
 */
public final class LogReader {
  private static final long LOOK_MILLIS = 1_000;

  /** So often nothing of the log is found before it counts as deleted: replicas may be behind. */
  private static final int MOST_IN_VAIN = 10;

  /**
   * A replica may answer that does not have yet what was told. Each further pause is twice as long,
   * up to the next look: while the servers are away, all answers are missing at once.
   */
  private static final long BEHIND_MILLIS = 5;

  private final NatsLink link;
  private final NatsSubjects.Log log;
  private final LogPages pages;
  private final Consumer<LogMessage> onMessage;
  private Runnable stopListening = () -> {};
  private long timer;
  private long next;
  private long told = -1;
  private long missing = -1;
  private long behindMillis = BEHIND_MILLIS;
  private int inVain;
  private boolean fetching;
  private boolean paused;
  private boolean done;

  /**
   * Reads nothing before {@link #start}.
   *
   * @param from the number of the first message
   * @param onMessage takes each; the last one says that it is the end, also of a log that was
   *     deleted
   */
  public LogReader(NatsLink link, NatsSubjects.Log log, long from, Consumer<LogMessage> onMessage) {
    this.link = link;
    this.log = log;
    this.pages = new LogPages(link, log);
    this.next = from;
    this.onMessage = onMessage;
  }

  /** Listens first, so that nothing is missed, and fetches what was before. */
  public void start() {
    stopListening = link.listen(log.live(), this::live);
    timer = link.vertx().setPeriodic(LOOK_MILLIS, look -> look());
    fetch();
  }

  /** Takes no message and fetches none until {@link #resume}. */
  public void pause() {
    paused = true;
  }

  /** Goes on where it was paused. */
  public void resume() {
    if (paused) {
      paused = false;
      fetch();
    }
  }

  /** It is known that the log has ended: the end need not be told live. */
  public void hasEnded() {
    told = Long.MAX_VALUE;
    fetch();
  }

  /** Reads nothing more. */
  public void end() {
    done = true;
    stopListening.run();
    link.vertx().cancelTimer(timer);
  }

  private void live(Stored message) {
    long index = NatsSubjects.indexOf(message.subject());
    told = Math.max(told, index);
    if (done || paused || fetching || index < next) {
      return;
    }
    if (index == next) {
      take(message);
    } else {
      fetch();
    }
  }

  /** What was told may have been missed; and what is missing for so long was deleted. */
  private void look() {
    if (told >= next && missing == next && !paused) {
      passDeleted();
    } else {
      missing = told >= next ? next : -1;
      inVain = 0;
      fetch();
    }
  }

  private void fetch() {
    if (!fetching && !paused && !done) {
      fetching = true;
      pages.from(next).onSuccess(this::fetched);
    }
  }

  private void fetched(List<Stored> page) {
    fetching = false;
    for (Stored each : page) {
      if (paused || done) {
        return;
      }
      take(each);
    }
    if (!page.isEmpty()) {
      fetch();
    } else if (told >= next && behindMillis < LOOK_MILLIS) {
      link.vertx().setTimer(behindMillis, later -> fetch());
      behindMillis *= 2;
    }
  }

  private void passDeleted() {
    link.first(NatsSubjects.OUTPUT_STREAM, log.all())
        .onSuccess(
            first -> {
              next = Math.max(next, first.map(LogReader::indexOf).orElse(next));
              inVain = first.isEmpty() && told == Long.MAX_VALUE ? inVain + 1 : 0;
              if (inVain >= MOST_IN_VAIN && !done) {
                end();
                onMessage.accept(LogMessage.NOTHING_LEFT);
              }
              fetch();
            });
  }

  private static long indexOf(Stored message) {
    return NatsSubjects.indexOf(message.subject());
  }

  private void take(Stored stored) {
    next++;
    behindMillis = BEHIND_MILLIS;
    Optional<LogMessage> message = LogMessage.of(stored);
    if (message.filter(LogMessage::end).isPresent()) {
      end();
    }
    message.ifPresent(onMessage);
  }
}
