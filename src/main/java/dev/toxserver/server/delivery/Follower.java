package dev.toxserver.server.delivery;

import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.journal.Journal;
import dev.toxserver.server.journal.RunLog;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends one run's events to one connection, out of the run's journal: what has been and what comes,
 * each once and in order, no faster than the connection takes them. Belongs to the server's
 * context.
 */
public final class Follower {
  private final Vertx vertx;
  private final RunLog log;
  private final Connection connection;
  private final boolean follow;
  private final LongSupplier patienceMillis;
  private final Consumer<Follower> onCaughtUp;
  private final long first;
  private long next;
  private long missedUpTo = -1;
  private Runnable forgetConnection = () -> {};
  private boolean begun;
  private boolean busy;
  private boolean done;

  /**
   * A follower, yet to be started.
   *
   * @param from the first event to send
   * @param follow whether to go on with what comes
   * @param patienceMillis how long the connection may take nothing
   * @param onCaughtUp takes this follower whenever everything that there is was sent, and at the
   *     end
   */
  Follower(
      Vertx vertx,
      RunLog log,
      Connection connection,
      long from,
      boolean follow,
      LongSupplier patienceMillis,
      Consumer<Follower> onCaughtUp) {
    this.vertx = vertx;
    this.log = log;
    this.connection = connection;
    this.first = from;
    this.next = from;
    this.follow = follow;
    this.patienceMillis = patienceMillis;
    this.onCaughtUp = onCaughtUp;
  }

  /**
   * What the client is told before the first event.
   *
   * @param hold which hold of the run it has, as {@link Presence#claim} returns it
   */
  public Reply.Attached answer(Optional<Long> hold) {
    return new Reply.Attached(
        id(),
        log.record().state(),
        Math.max(next, Math.min(journal().firstSeq(), journal().nextSeq())),
        journal().nextSeq(),
        hold,
        log.record().asked().round().map(Round::loop).filter(loop -> !connection.readsOneRun()));
  }

  Connection connection() {
    return connection;
  }

  /** Whether it has sent the last that it will send. */
  boolean isDone() {
    return done;
  }

  /** Whether everything that there is was sent. */
  boolean hasCaughtUp() {
    return done || (!busy && next == journal().nextSeq());
  }

  /** Starts to send, now that the answer is on its way. */
  public void begin() {
    if (done) {
      return;
    }
    begun = true;
    forgetConnection = connection.onClosed(this::wake);
    wake();
  }

  /** Sends what there is; to be called whenever there is more. */
  void wake() {
    if (!begun || busy || done) {
      return;
    }
    if (connection.isClosed()) {
      end();
    } else if (connection.isFull()) {
      busy = true;
      SlowReader.await(vertx, id(), connection, patienceMillis.getAsLong(), this::goOn);
    } else if (next < journal().firstSeq()) {
      skipTo(journal().firstSeq());
      wake();
    } else if (next < journal().nextSeq()) {
      busy = true;
      // Else it would be here for ever, and the server's end would wait for it.
      journal().read(next).otherwise(List.of()).onSuccess(this::send);
    } else {
      caughtUp();
    }
  }

  /** Sends the run's newest event, if it is the next one; else it comes out of the journal. */
  void offer(long seq, JsonObject event, Buffer frame) {
    boolean asItIs = forItsReader(event) == event;
    if (asItIs && begun && !busy && !done && seq == next && !connection.isFull()) {
      connection.send(frame);
      next = seq + 1;
    }
    wake();
  }

  /**
   * Tells the reader something that is not of the run's sequence; most of it only if the connection
   * is not full.
   */
  void tell(JsonObject event, Buffer frame) {
    // Heartbeats would pile up; that the server leaves comes once, and not again.
    boolean isSent = !connection.isFull() || RunEventJson.isLeaving(event);
    if (begun && !done && isSent) {
      JsonObject shown = forItsReader(event);
      connection.send(shown == event ? frame : Frames.event(id(), shown));
    }
  }

  private void send(List<JsonObject> events) {
    if (done) {
      return;
    }
    if (connection.isFull()) {
      // Other followers have filled the same connection: the pages of all of them would pile up.
      goOn();
      return;
    }
    for (JsonObject event : events) {
      long seq = RunEventJson.seqOf(event).orElseThrow();
      if (seq > next) {
        skipTo(seq);
      }
      write(event);
      next = seq + 1;
    }
    if (events.isEmpty()) {
      // The run's server died before it had written the rest, or the run is kept no more.
      skipTo(journal().nextSeq());
    }
    goOn();
  }

  private void goOn() {
    busy = false;
    wake();
  }

  private void caughtUp() {
    if (journal().isEnded() || !follow) {
      if (log.record().lost().isPresent()) {
        write(new RunEvent.Lost());
      } else if (!journal().isEnded() || next == first || next == missedUpTo) {
        write(new RunEvent.End());
      }
      end();
    } else {
      onCaughtUp.accept(this);
    }
  }

  private void skipTo(long seq) {
    write(new RunEvent.Hole(next, seq, journal().whyMissingBefore(seq)));
    next = seq;
    missedUpTo = seq;
  }

  private void write(RunEvent event) {
    write(RunEventJson.encode(event));
  }

  private void write(JsonObject event) {
    connection.answer(Frames.event(id(), forItsReader(event)));
  }

  private JsonObject forItsReader(JsonObject event) {
    return connection.readsOneRun() ? RunEventJson.alone(event) : event;
  }

  /** Sends nothing more. */
  void end() {
    busy = false;
    done = true;
    forgetConnection.run();
    connection.subscriptions().unfollow(id());
    onCaughtUp.accept(this);
  }

  private Journal journal() {
    return log.journal();
  }

  /** The run that it reads. */
  public RunId id() {
    return log.id();
  }
}
