package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * All entries of a bucket, and then its changes, each once and in the bucket's order, however often
 * connections and servers are lost meanwhile. What is told live is taken if it is next; whatever
 * that misses is fetched. Every other second, and after each reconnect, the bucket is asked how far
 * it has come. No state of it is on the servers. Belongs to its link's context.
 */
public final class Watch {
  private static final int MOST_AT_ONCE = 32;
  private static final long LOOK_MILLIS = 2_000;

  /** A replica may answer that does not have yet what was told. */
  private static final long BEHIND_MILLIS = 20;

  /** So often a replica is asked before the leader is. */
  private static final int MOST_MISSES = 5;

  /** So often it has to be said that the bucket has lost its end, as by a power failure. */
  private static final int SHORTENED = 3;

  /** Says that a key was deleted. */
  static final String OPERATION = "KV-Operation";

  private final NatsLink link;
  private final String stream;
  private final int prefix;
  private final Consumer<Entry> onEntry;
  private final Runnable onCurrent;
  private final Runnable stopListening;
  private final long timer;
  private String made = "";

  /** What was asked for before the last of them is not taken. */
  private int beginnings;

  private long taken;
  private long highest;
  private int misses;
  private int shortened;
  private boolean fetching;
  private boolean current;
  private boolean closed;

  /**
   * What a key has.
   *
   * @param key without the bucket's name
   * @param revision where it stands in the bucket's order, from 1
   * @param isDeleted whether it has nothing any longer
   * @param value empty if it is deleted
   */
  public record Entry(String key, long revision, boolean isDeleted, Buffer value) {}

  private Watch(NatsLink link, String bucket, Consumer<Entry> onEntry, Runnable onCurrent) {
    this.link = link;
    this.stream = NatsSubjects.stream(bucket);
    this.prefix = NatsSubjects.entry(bucket, "").length();
    this.onEntry = onEntry;
    this.onCurrent = onCurrent;
    this.stopListening = link.listen(NatsSubjects.kept(bucket), this::live);
    this.timer = link.vertx().setPeriodic(LOOK_MILLIS, again -> look());
    link.onReconnected(this::look);
  }

  /**
   * Begins.
   *
   * @param onEntry is given each; all of them once more if the bucket was lost and made anew. One
   *     that was replaced before it was read is left out, and so is one that only grew too old.
   * @param onCurrent is called once, when all that was there has been told
   */
  public static Watch begin(
      NatsLink link, String bucket, Consumer<Entry> onEntry, Runnable onCurrent) {
    Watch watch = new Watch(link, bucket, onEntry, onCurrent);
    watch.look();
    return watch;
  }

  /** Tells nothing more. */
  public void close() {
    closed = true;
    stopListening.run();
    link.vertx().cancelTimer(timer);
  }

  private void live(Stored message) {
    highest = Math.max(highest, message.sequence());
    if (message.sequence() == taken + 1 && !fetching && !made.isEmpty()) {
      take(message);
    } else {
      fetch();
    }
  }

  private void look() {
    if (!closed) {
      long before = taken;
      link.administer("STREAM.INFO." + stream, new JsonObject())
          .onSuccess(
              info -> looked(info.getString("created"), info.getJsonObject("state"), before));
    }
  }

  private void looked(String madeAt, JsonObject state, long before) {
    long last = state.getLong("last_seq");
    shortened = last < before ? shortened + 1 : 0;
    if (!made.equals(madeAt) || shortened == SHORTENED) {
      made = madeAt;
      beginnings++;
      taken = 0;
      highest = 0;
    }
    taken = Math.max(taken, state.getLong("first_seq") - 1);
    highest = Math.max(highest, last);
    fetch();
  }

  private void fetch() {
    if (fetching || closed || made.isEmpty()) {
      return;
    }
    if (taken >= highest) {
      beCurrent();
      return;
    }
    fetching = true;
    int begun = beginnings;
    List<Future<Optional<Stored>>> page =
        LongStream.rangeClosed(taken + 1, Math.min(highest, taken + MOST_AT_ONCE))
            .mapToObj(sequence -> link.getAt(stream, sequence))
            .toList();
    Future.join(page).onComplete(come -> fetched(page, begun));
  }

  private void fetched(List<Future<Optional<Stored>>> page, int begun) {
    fetching = false;
    for (Future<Optional<Stored>> each : page) {
      if (closed || beginnings != begun) {
        break;
      }
      Optional<Stored> found = each.succeeded() ? each.result() : Optional.empty();
      if (found.isEmpty()) {
        skip(begun);
        return;
      }
      take(found.get());
    }
    fetch();
  }

  /** The next one was replaced or deleted, or a replica has answered that does not have it yet. */
  private void skip(int begun) {
    fetching = true;
    link.getFrom(stream, taken + 1)
        .otherwiseEmpty()
        .onSuccess(
            found -> {
              fetching = false;
              if (found != null && found.isPresent() && !closed && beginnings == begun) {
                take(found.get());
                fetch();
              } else {
                fetchLater(begun);
              }
            });
  }

  /** The leader knows whether that replica is behind, or what followed was deleted. */
  private void fetchLater(int begun) {
    if (++misses % MOST_MISSES != 0) {
      link.vertx().setTimer(BEHIND_MILLIS, later -> fetch());
      return;
    }
    fetching = true;
    long end = highest;
    link.administer("STREAM.MSG.GET." + stream, NatsLink.from(taken + 1, ">"))
        .onComplete(
            answer -> {
              fetching = false;
              boolean isDeleted =
                  answer.cause() instanceof NatsFailure failure
                      && failure.code() == NatsFailure.NO_MESSAGE;
              if (isDeleted && beginnings == begun) {
                taken = Math.max(taken, end);
                fetch();
              } else {
                link.vertx().setTimer(BEHIND_MILLIS, later -> fetch());
              }
            });
  }

  private void take(Stored message) {
    misses = 0;
    taken = message.sequence();
    boolean isDeleted = message.headers().containsKey(OPERATION);
    onEntry.accept(
        new Entry(
            message.subject().substring(prefix),
            taken,
            isDeleted,
            isDeleted ? Buffer.buffer() : message.body()));
  }

  private void beCurrent() {
    if (!current) {
      current = true;
      onCurrent.run();
    }
  }
}
