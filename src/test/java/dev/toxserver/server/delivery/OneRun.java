package dev.toxserver.server.delivery;

import dev.toxserver.OnContext;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose only run does what a test says; all of it on one context. */
final class OneRun implements KnownRuns {
  static final RunId ID = new RunId("a");

  static final ServerConfig.Patience PATIENCE = new ServerConfig.Patience(90_000, 60_000, 60_000);

  final Connections connections = new Connections();

  /** What the runner was told that all have taken. */
  final LinkedBlockingQueue<Long> taken = new LinkedBlockingQueue<>();

  /** How often nobody read out of the journal any more. */
  final AtomicInteger idle = new AtomicInteger();

  final Requester requester = new Requester(ID, Optional.empty(), false);
  final OutputFlow flow;
  final Attachments attachments;
  final Promise<RunEvent.Exit> ended = Promise.promise();
  private final Vertx vertx;
  private final Context context;

  OneRun(Vertx vertx) throws Exception {
    this.vertx = vertx;
    context = vertx.getOrCreateContext();
    History history = new History(vertx, Optional.empty(), 64_000_000, 10);
    RunLog log =
        history.begin(
            RunRecord.accepted(new Request.Run(ID, List.of(), Optional.empty()), Optional.empty()),
            trouble -> {});
    flow =
        new OutputFlow(
            vertx,
            log,
            requester,
            PATIENCE,
            connections,
            new TestOwner(taken::add, exit -> end(exit, history)));
    attachments = new Attachments(vertx, PATIENCE, this, idle::incrementAndGet);
    on(
        () -> {
          flow.start();
          return null;
        });
  }

  private void end(RunEvent outcome, History history) {
    RunEvent.Exit exit = (RunEvent.Exit) outcome;
    history.update(flow.log(), flow.log().record().ended(exit));
    ended.complete(exit);
  }

  @Override
  public RunLog find(RunId id) {
    return flow.log();
  }

  @Override
  public RunLog newestRound(RunId id) {
    return find(id);
  }

  @Override
  public Optional<OutputFlow> flowOf(RunId id) {
    return Optional.of(flow);
  }

  /** A connection starts to read it from its first event on. */
  void attach(Connection connection) throws Exception {
    on(
        () -> {
          attachments.attach(new Request.Attach(ID, Optional.of(0L), true), connection).begin();
          return null;
        });
  }

  /** Its runner publishes output from one place to another, which is not among them. */
  void output(long from, long to) throws Exception {
    for (long seq = from; seq < to; seq++) {
      publish(new RunEvent.Output(seq, Stream.STDOUT, new byte[10]));
    }
  }

  /** Its runner publishes an event; waits until the server has done what follows from it. */
  void publish(RunEvent event) throws Exception {
    vertx.eventBus().publish(Addresses.output(ID), RunEventJson.encode(event));
    on(() -> null);
  }

  /** Does something on the context. */
  <T> T on(Callable<T> action) throws Exception {
    return OnContext.call(context, action);
  }
}
