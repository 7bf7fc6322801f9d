package dev.toxserver.server;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.server.door.Connection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Decides by itself, and at once. Belongs to the server's context. */
final class LocalScheduler implements Scheduler {
  private final RunQueue queue;
  private final Placing placing;
  private final Admission admission;
  private final Dispatcher dispatcher;
  private final BiConsumer<Run, Optional<Connection>> enqueue;

  /**
   * For one queue.
   *
   * @param enqueue puts a run into the queue, and lets its events flow
   */
  LocalScheduler(
      RunQueue queue,
      Placing placing,
      Admission admission,
      Dispatcher dispatcher,
      BiConsumer<Run, Optional<Connection>> enqueue) {
    this.queue = queue;
    this.placing = placing;
    this.admission = admission;
    this.dispatcher = dispatcher;
    this.enqueue = enqueue;
  }

  @Override
  public Future<Run> accept(Run admitted, Optional<Connection> connection) {
    enqueue.accept(admitted, connection);
    // If a runner has room for it then nobody waits for that, and the next is this one.
    queue.startNext();
    return Future.succeededFuture(admitted);
  }

  @Override
  public void begin(Run run) {
    placing.begin(run);
  }

  @Override
  public Future<Void> cancel(Run run) {
    if (run.isWaiting()) {
      dispatcher.tellCancelled(run);
      queue.cancel(run);
    } else {
      dispatcher.end(run);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> giveUp(Run run) {
    return Future.succeededFuture(true);
  }

  @Override
  public void taken(Run run, long seq) {
    dispatcher.acknowledge(run, seq, Optional.empty());
  }

  @Override
  public Optional<RunEvent.Exit> end(Run run, RunEvent.Exit exit) {
    if (admission.admitsAgain(run, exit)) {
      placing.again(run, exit);
      return Optional.empty();
    }
    return Optional.of(exit.followedBy(admission.next(run, exit)).asRetried(run.isPlacedAgain()));
  }

  /** The next round of its loop comes behind those that wait. */
  @Override
  public void ended(Run run, RunEvent.Exit exit) {
    queue.remove(run);
    Optional<Run> next = exit.next().map(following -> run.nextRound(following.run()));
    next.ifPresent(round -> enqueue.accept(round, Optional.empty()));
    next.filter(round -> !round.isWaiting()).ifPresent(placing::start);
    placing.fill();
    next.filter(Run::isWaiting).ifPresent(placing::beat);
  }

  @Override
  public void attached(Run run, boolean hasRun) {
    // Its events flow in any case.
  }

  @Override
  public void isRead(Run run) {
    // Its place is among its events.
  }

  @Override
  public List<Run> own() {
    return queue.all();
  }

  @Override
  public boolean isIdle() {
    return queue.isEmpty();
  }

  @Override
  public void fill() {
    placing.fill();
  }

  @Override
  public void awaitNoRunner() {
    placing.awaitNoRunner();
  }
}
