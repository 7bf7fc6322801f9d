package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.protocol.TerminalSize;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One run, from its start to its exit event. Lives on the runner's context; only the readers of its
 * streams have threads of their own.
 *
 * <p>The exit event comes last: after the program has ended, nothing that it started is left, and
 * both its streams are read to their end.
 */
final class ToxRun {
  private static final Logger LOG = Logger.getLogger(ToxRun.class.getName());

  private final Vertx vertx;
  private final Context context;
  private final RunnerConfig config;
  private final Launcher launcher;
  private final Workers workers;
  private final Tee tee;
  private final RunId id;
  private final RunnerOrder.Start order;
  private final BiConsumer<RunId, RunEvent> publisher;

  private final Heartbeat heartbeat;
  private final RunInput input;
  private final Resizing resizing;
  private final RunOutput output;
  private final Silence silence;
  private final CompletableFuture<Void> programEnded = new CompletableFuture<>();
  private final Promise<Void> ended = Promise.promise();
  private long nextSeq;
  private boolean cancelled;
  private Teardown teardown;
  private OptionalLong startedNanos = OptionalLong.empty();

  ToxRun(
      Vertx vertx,
      RunnerConfig config,
      Launcher launcher,
      Workers workers,
      Tee tee,
      RunnerOrder.Start order,
      BiConsumer<RunId, RunEvent> publisher) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.config = config;
    this.launcher = launcher;
    this.workers = workers;
    this.tee = tee;
    this.order = order;
    this.id = order.request().id();
    this.publisher = publisher;
    this.nextSeq = order.nextSeq();
    this.input = new RunInput(vertx);
    this.resizing = new Resizing(workers);
    this.output = new RunOutput(vertx, id, config.windowBytes(), this::publish);
    this.silence =
        new Silence(
            vertx, workers, () -> publisher.accept(id, new RunEvent.KeysAwaited(nextSeq++)));
    this.heartbeat =
        new Heartbeat(vertx, output, () -> publisher.accept(id, RunEvent.Heartbeat.STARTED));
  }

  Future<Void> ended() {
    return ended.future();
  }

  void start() {
    order.request().heartbeatMillis().ifPresent(heartbeat::start);
    LOG.log(Level.INFO, "run {0}: starts {1}", new Object[] {id, order.request().args()});
    workers.run(this::launch).onSuccess(this::started).onFailure(this::notStarted);
  }

  /** Asks the run to end, and tells when it has. */
  Future<Void> cancel() {
    if (!cancelled) {
      cancelled = true;
      LOG.log(Level.INFO, "run {0}: cancelled", id);
    }
    if (teardown != null) {
      teardown.interrupt();
    }
    return ended();
  }

  /** Everything up to this event has left the server: the program may print more. */
  void acknowledge(long seq) {
    output.acknowledge(seq);
  }

  /** Hands on what was typed or piped in; tells how far all of it was taken. */
  Future<Long> take(InputRequest typed) {
    return input.take(typed);
  }

  /** Gives its terminal, if it has one, another size. */
  void resize(TerminalSize size) {
    resizing.to(size);
  }

  /** On a worker. */
  private Launched launch() throws LaunchException, InterruptedException {
    Launched launched = launcher.launch(order.request(), order.trace());
    try {
      output.read(launched.streams().outputs());
      input.write(id, launched.streams());
      launched.awaitExit(id, programEnded);
    } catch (OutOfMemoryError noThread) {
      launched.abandon();
      throw noThread;
    }
    launched.survivors().entrust();
    return launched;
  }

  private void started(Launched launched) {
    Process process = launched.process();
    startedNanos = OptionalLong.of(System.nanoTime());
    teardown = new Teardown(vertx, Graces.of(config), id, launched, workers);
    publisher.accept(
        id, new RunEvent.Started(nextSeq++, process.pid(), launched.command(), sizeOf(launched)));
    launched.notices().forEach(this::tell);
    if (launched.streams().input().isEmpty()) {
      input.refuse();
    }
    output.begin();
    output.ended().onSuccess(ended -> teardown.quiet());
    Future.fromCompletionStage(programEnded, context).onSuccess(ended -> exited(launched));
    if (cancelled) {
      launched.turnBack();
    } else {
      launched.begin();
      input.begin();
      resizing.begin(launched);
      silence.begin(launched);
    }
  }

  private Optional<TerminalSize> sizeOf(Launched launched) {
    return launched.streams().terminal().isEmpty()
        ? Optional.empty()
        : order.request().side().terminal().map(TerminalRequest::size);
  }

  private void notStarted(Throwable failure) {
    int returncode = RunEvent.Exit.NOT_STARTED;
    String message = failure.getMessage();
    if (failure instanceof LaunchException launch) {
      returncode = launch.returncode();
    } else {
      message = "the server could not start the run: " + message;
    }
    LOG.log(Level.WARNING, "run {0}: {1}", new Object[] {id, message});
    exit(returncode, Optional.of(message));
  }

  private long publish(PendingOutput.Piece piece) {
    tee.write(piece.stream(), piece.data());
    silence.broken();
    publisher.accept(id, new RunEvent.Output(nextSeq, piece.stream(), piece.data()));
    return nextSeq++;
  }

  private void exited(Launched launched) {
    silence.end();
    if (launched.streams().terminal().isPresent()) {
      // The kernel has hung up: who is left can't print.
      teardown.quiet();
    }
    teardown
        .finish()
        .compose(nothingLeft -> output.finish())
        .compose(nothingMore -> new Closing(workers, launched, this::tell).after(output))
        .compose(nobodyWrites -> collectResults(launched))
        .onComplete(
            done -> {
              input.close();
              exit(launched.process().exitValue(), Optional.empty());
            });
  }

  /** While nobody can write to their files any more. */
  private Future<Void> collectResults(Launched launched) {
    if (!launched.files().areWanted()) {
      return Future.succeededFuture();
    }
    return workers
        .run(() -> launched.files().collect(launched.process().exitValue()))
        .onSuccess(
            found -> found.ifPresent(r -> publisher.accept(id, new RunEvent.Results(nextSeq++, r))))
        .mapEmpty();
  }

  private void tell(String notice) {
    publisher.accept(id, new RunEvent.Notice(notice));
  }

  private Optional<Long> durationMillis() {
    return startedNanos.isPresent()
        ? Optional.of((System.nanoTime() - startedNanos.getAsLong()) / 1_000_000)
        : Optional.empty();
  }

  private void exit(int returncode, Optional<String> error) {
    heartbeat.stop();
    LOG.log(Level.INFO, "run {0}: ended with {1}", new Object[] {id, returncode});
    RunEvent exit = new RunEvent.Exit(nextSeq, returncode, cancelled, durationMillis(), error);
    publisher.accept(id, exit);
    ended.complete();
  }
}
