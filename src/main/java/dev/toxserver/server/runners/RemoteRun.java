package dev.toxserver.server.runners;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.server.door.Budget;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A run that was placed with a runner elsewhere: what that may send of it, and what it has to be
 * told again when its connection was lost. Belongs to the server's context.
 */
final class RemoteRun implements Budget.Holder {
  /**
   * What a runner may send beyond its window: at the end of a run all that its pipes hold, which
   * are of at most 1 MiB each unless root makes them larger, and what was found of its results.
   */
  private static final int BEYOND_WINDOW = 4 * 1024 * 1024;

  /** Of more notices than this nobody is told. */
  private static final int MOST_NOTICES = 100;

  /** Nor of more characters in all. A folder that is not there may be named in 4,095. */
  private static final int MOST_NOTICE_CHARACTERS = 100_000;

  private final RunnerOrder.Start order;
  private final String placement = UUID.randomUUID().toString();
  private final long mostBytes;
  private final Budget budget;
  private final Consumer<RunId> onTooMuch;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private long bytes;
  private long nextSeq;
  private long acknowledged = -1;
  private int notices;
  private long noticeCharacters;
  private boolean cancelled;
  private Optional<JsonObject> size = Optional.empty();

  private record UnderWay(long seq, int cost) {}

  /**
   * One of which nothing has come yet.
   *
   * @param order to start it
   * @param windowBytes how much the runner says that it sends at most before it is acknowledged
   * @param budget for what is under way of all runs elsewhere
   * @param onTooMuch is called when that is too much, and most of it is held up by this run
   */
  RemoteRun(RunnerOrder.Start order, int windowBytes, Budget budget, Consumer<RunId> onTooMuch) {
    this.order = order;
    this.budget = budget;
    this.onTooMuch = onTooMuch;
    this.mostBytes = (long) windowBytes + BEYOND_WINDOW;
    this.nextSeq = order.nextSeq();
  }

  RunId id() {
    return order.request().id();
  }

  /** How often its readers want to hear that it is alive, in milliseconds. */
  Optional<Long> heartbeatMillis() {
    return order.request().heartbeatMillis();
  }

  /** The order by which it is started, as its runner gets it. */
  JsonObject start() {
    return RunnerOrderJson.encode(order.placedAs(placement));
  }

  /** Whether it is this one that its runner has, and not an earlier one of the same id. */
  boolean isHeldAs(RunnerJoin.Held held) {
    return held != null && held.placement().equals(placement);
  }

  /** The number of the event that has to come next. */
  long nextSeq() {
    return nextSeq;
  }

  /** The last event up to which all has been taken by its readers; -1 for none. */
  long acknowledged() {
    return acknowledged;
  }

  /** Whether it was asked to end. */
  boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /** The last order to give its terminal another size. */
  Optional<JsonObject> size() {
    return size;
  }

  void resize(JsonObject newSize) {
    size = Optional.of(newSize);
  }

  /** Its readers have taken everything up to an event. */
  void acknowledge(long seq) {
    acknowledged = Math.max(acknowledged, seq);
    while (!underWay.isEmpty() && underWay.peek().seq() <= seq) {
      bytes -= underWay.poll().cost();
    }
    budget.hold(this, bytes);
  }

  /** Whether its readers are told of one more notice. */
  boolean takesNotice(String message) {
    noticeCharacters += message.length();
    return notices++ < MOST_NOTICES && noticeCharacters <= MOST_NOTICE_CHARACTERS;
  }

  /**
   * Takes its next event.
   *
   * @param cost its bytes
   * @throws MalformedException if it is not the next one, or more is under way than may be
   */
  void take(long seq, int cost) {
    if (seq != nextSeq) {
      throw new MalformedException(
          "seq", "event %d of run %s has to be next, and not %d".formatted(nextSeq, id(), seq));
    }
    bytes += cost;
    if (bytes > mostBytes) {
      throw new MalformedException("data", "more of run " + id() + " is under way than may be");
    }
    underWay.add(new UnderWay(seq, cost));
    nextSeq++;
    budget.hold(this, bytes);
  }

  /** It has ended: nothing of it is under way. */
  void end() {
    budget.hold(this, 0);
  }

  @Override
  public void giveUp() {
    onTooMuch.accept(id());
  }
}
