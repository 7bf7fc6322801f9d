package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunSpan;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.ShownArguments;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.server.runners.Runner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Gives runners their orders, and tells a run's readers what the server itself has to say. */
final class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());

  /** So many characters of variables' names are told. */
  private static final int SHOWN_CHARACTERS = 200;

  /** Why a run ends that waits for a runner, when the server drains and none may come. */
  static final String HOPELESS =
      "the server is shutting down, and no runner is left that could take the run";

  /** A runner answers within seconds; one that is away, when it is back or given up. */
  private static final DeliveryOptions UNTIL_THE_RUNNER_IS_BACK =
      new DeliveryOptions().setSendTimeout(TimeUnit.DAYS.toMillis(2));

  private final Vertx vertx;

  Dispatcher(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Hands a run to its runner, which counts its events from then on. */
  void start(Run run) {
    RunnerOrder.Start order =
        new RunnerOrder.Start(run.request(), run.takeSeq())
            .within(run.span().map(RunSpan::context));
    vertx
        .eventBus()
        .request(run.runner().orElseThrow().addresses().start(), RunnerOrderJson.encode(order))
        .onFailure(failure -> notStarted(run, order, failure));
  }

  /** Has its runner end a run. */
  void end(Run run) {
    tell(run, RunnerAddresses::cancel, new RunnerOrder.Cancel(run.id()));
  }

  /**
   * Tells its runner that all readers of a run have taken everything up to an event.
   *
   * @param placement as in {@link RunnerOrder.Acknowledge}
   */
  void acknowledge(Run run, long seq, Optional<String> placement) {
    tell(run, RunnerAddresses::acknowledge, new RunnerOrder.Acknowledge(run.id(), seq, placement));
  }

  /**
   * Hands input to the runner of a run that has one.
   *
   * @return how far it was taken; else a {@link ReplyException} with the runner's own words
   */
  Future<Reply.InputTaken> input(Run run, InputRequest input) {
    InputRequest named = new InputRequest(run.id(), input.offset(), input.data(), input.end());
    return vertx
        .eventBus()
        .request(
            run.runner().orElseThrow().addresses().input(),
            RunnerOrderJson.encode(new RunnerOrder.Input(named)),
            UNTIL_THE_RUNNER_IS_BACK)
        .map(answer -> ReplyJson.decodeInputTaken(answer.body()));
  }

  /** Has its runner give a run's terminal another size. */
  void resize(Run run, TerminalSize size) {
    tell(run, RunnerAddresses::resize, new RunnerOrder.Resize(new Request.Resize(run.id(), size)));
  }

  /** What is told of a run that waits, or waits again, is of no runner's concern. */
  private void tell(Run run, Function<RunnerAddresses, String> address, RunnerOrder order) {
    run.runner()
        .map(Runner::addresses)
        .ifPresent(
            runner -> vertx.eventBus().send(address.apply(runner), RunnerOrderJson.encode(order)));
  }

  /** Tells a run that waits its place in the queue. */
  void tellPosition(Run run) {
    publish(run.id(), new RunEvent.Queued(run.takeSeq(), run.position(), run.behind()));
  }

  /** The same, if several servers share the queue. */
  void tellSharedPosition(Run run) {
    publish(run.id(), Heartbeat.withPlaceOf(run));
  }

  /** Tells a run that waits that it never will start. */
  void tellCancelled(Run run) {
    publish(
        run.id(),
        new RunEvent.Exit(run.takeSeq(), RunEvent.Exit.CANCELLED, true, Optional.empty()));
  }

  /** Tells a run that some of its output is gone for those who come late. */
  void tellOfTrouble(RunId id, Throwable trouble) {
    LOG.log(
        Level.WARNING,
        "run {0}: not all of its output can be kept: {1}",
        new Object[] {id, trouble});
    String message =
        "the server can't keep all of this run's output for those who come late: "
            + trouble.getMessage();
    publish(id, new RunEvent.Notice(message));
  }

  /** Tells a run that waits that no runner is left which could take it. */
  void tellStranded(Run run) {
    tellNoRunner(run, " any more; the run waits for one to join");
  }

  /** Tells a run that waits once more that no runner which could take it is heard. */
  void tellAwaited(Run run) {
    tellNoRunner(run, " now; the run waits for one");
  }

  private void tellNoRunner(Run run, String then) {
    String what = run.needs().isEmpty() ? "is there" : "has " + run.needs();
    publish(run.id(), new RunEvent.Notice("no runner " + what + then));
  }

  /** Tells a run that waits that it never will start, since no runner is left and none awaited. */
  void tellHopeless(Run run) {
    publish(
        run.id(),
        new RunEvent.Exit(run.takeSeq(), RunEvent.Exit.NOT_STARTED, false, Optional.of(HOPELESS)));
  }

  /** Tells a run that it lacks variables which the run had that it repeats. */
  void tellNotRestored(Run run) {
    // Others' words, which a terminal could obey.
    String names =
        String.join(", ", ShownArguments.of(run.notRestored(), SHOWN_CHARACTERS))
            .replaceAll("[^ -~…]", "?");
    publish(
        run.id(),
        new RunEvent.Notice(
            "set in the run that is repeated, and not now, since values are kept nowhere: "
                + names));
  }

  private void notStarted(Run run, RunnerOrder.Start order, Throwable failure) {
    LOG.log(Level.SEVERE, "run " + run.id() + ": no runner took it", failure);
    publish(
        run.id(),
        new RunEvent.Exit(
            order.nextSeq(),
            RunEvent.Exit.NOT_STARTED,
            false,
            Optional.of("the server's runner did not take the run; see the server's log")));
  }

  private void publish(RunId id, RunEvent event) {
    vertx.eventBus().publish(Addresses.output(id), RunEventJson.encode(event));
  }
}
