package dev.toxserver.server.shared;

import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.LogReader;
import dev.toxserver.nats.LogSeek;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What one placement of a run publishes, as it comes, for all who read the run at this hub. It
 * reads no further ahead of them than a window: the rest is in the log, and stays there. Belongs to
 * its link's context.
 */
public final class Feed {
  private static final Logger LOG = Logger.getLogger(Feed.class.getName());
  private static final long AGAIN_MILLIS = 200;

  /** A run has a handful at most; a runner that has gone astray could fill full connections. */
  private static final int MOST_NOTICES = 100;

  private static final int MOST_NOTICE_BYTES = 8 * 1024;

  private final NatsLink link;
  private final NatsSubjects.Log log;
  private final boolean fromStart;
  private final long mostBytes;
  private final Consumer<JsonObject> onEvent;
  private final Runnable onEnd;
  private final Deque<Untaken> untaken = new ArrayDeque<>();
  private LogReader reader;
  private Runnable stopNotices = () -> {};
  private long next;
  private long bytes;
  private int notices;
  private boolean ended;
  private boolean closed;

  private record Untaken(long last, int bytes) {}

  /**
   * Reads nothing before {@link #start}.
   *
   * @param from the first event that is wanted; those before it are not told
   * @param windowBytes how much output may be under way
   * @param onEvent takes each event, encoded: those with a number in order and once, and notices
   * @param onEnd is called once, after the log's last event: that is the exit, or the run will be
   *     placed once more; also if nothing is left of the log
   */
  public Feed(
      NatsLink link,
      RunId run,
      Placement placement,
      long from,
      int windowBytes,
      Consumer<JsonObject> onEvent,
      Runnable onEnd) {
    this.link = link;
    this.log = placement.log(run);
    this.fromStart = from <= placement.nextSeq();
    this.next = from;
    // Frames are a third longer than the output in them, and there may be one message more.
    this.mostBytes = 2L * windowBytes;
    this.onEvent = onEvent;
    this.onEnd = onEnd;
  }

  /** Goes to the first event, however long the servers are away, and tells what there is. */
  public void start() {
    stopNotices = link.listen(NatsSubjects.note(log.runner(), log.run()), this::notice);
    find();
  }

  /** It is known that the log has ended: the feed comes to the end, though that be deleted. */
  public void hasEnded() {
    ended = true;
    if (reader != null) {
      reader.hasEnded();
    }
  }

  /** All at this hub have taken everything up to an event. */
  public void taken(long seq) {
    while (!untaken.isEmpty() && untaken.peek().last() <= seq) {
      bytes -= untaken.poll().bytes();
    }
    if (reader != null && bytes < mostBytes) {
      reader.resume();
    }
  }

  /** Tells nothing more. */
  public void close() {
    closed = true;
    stopNotices.run();
    if (reader != null) {
      reader.end();
    }
  }

  private void find() {
    Future<Long> index = fromStart ? Future.succeededFuture(0L) : new LogSeek(link, log).find(next);
    index
        .onSuccess(this::readFrom)
        .onFailure(failure -> link.vertx().setTimer(AGAIN_MILLIS, again -> findUnlessClosed()));
  }

  private void findUnlessClosed() {
    if (!closed) {
      find();
    }
  }

  private void readFrom(long index) {
    if (!closed) {
      reader = new LogReader(link, log, index, this::take);
      reader.start();
      if (ended) {
        reader.hasEnded();
      }
    }
  }

  private void take(LogMessage message) {
    List<JsonObject> events = events(message);
    if (!events.isEmpty()) {
      // First: who need not say so has taken an event as soon as it is told.
      untaken.add(new Untaken(seq(events.get(events.size() - 1)), message.frames().length()));
      bytes += message.frames().length();
    }
    events.forEach(this::tell);
    if (message.end()) {
      close();
      onEnd.run();
    } else if (bytes >= mostBytes) {
      reader.pause();
    }
  }

  private List<JsonObject> events(LogMessage message) {
    try {
      return LogEvents.of(log, message).stream().filter(event -> seq(event) >= next).toList();
    } catch (MalformedException e) {
      LOG.log(
          Level.WARNING,
          "run {0}: what the runner {1} has written can''t be read: {2}",
          new Object[] {log.run(), log.runner(), e.getMessage()});
      return List.of();
    }
  }

  private static long seq(JsonObject event) {
    return event.getLong("seq");
  }

  private void tell(JsonObject event) {
    if (seq(event) >= next) {
      next = seq(event) + 1;
      onEvent.accept(event);
    }
  }

  private void notice(Stored note) {
    try {
      if (note.body().length() <= MOST_NOTICE_BYTES && notices++ < MOST_NOTICES) {
        RunEventJson.decode(new JsonObject(note.body()))
            .filter(RunEvent.Notice.class::isInstance)
            .ifPresent(notice -> onEvent.accept(RunEventJson.encode(notice)));
      }
    } catch (DecodeException | MalformedException | ClassCastException e) {
      LOG.log(Level.FINE, "no notice: {0}", e.getMessage());
    }
  }
}
