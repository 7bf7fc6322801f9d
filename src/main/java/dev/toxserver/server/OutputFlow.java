package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.server.journal.History;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows one run's events: keeps them, sends them to all who read them, and acknowledges them to
 * the runner once every reader can take more.
 *
 * <p>The stock bridge could send them, but it makes each event's frame anew for each reader, and
 * never looks at a full socket (its issue 69), so memory would grow without bound.
 *
 * <p>The acknowledgement goes over the event bus, and so works with a runner on another machine.
 */
final class OutputFlow {
  private final Vertx vertx;
  private final Run run;
  private final History history;
  private final ServerConfig.Patience patience;
  private final Connections connections;
  private final Acknowledgements acknowledgements;
  private final Set<Follower> followers = new LinkedHashSet<>();
  private final Promise<Void> ended = Promise.promise();
  private long latest = -1;
  private long acknowledged = -1;
  private boolean waiting;

  OutputFlow(
      Vertx vertx,
      Run run,
      History history,
      ServerConfig.Patience patience,
      Connections connections) {
    this.vertx = vertx;
    this.run = run;
    this.history = history;
    this.patience = patience;
    this.connections = connections;
    this.acknowledgements =
        new Acknowledgements(vertx, run.id(), this::patienceWith, this::acknowledge);
  }

  /** Follows the run; completes after its exit event. */
  Future<Void> start() {
    MessageConsumer<JsonObject> consumer = vertx.eventBus().consumer(Addresses.output(run.id()));
    consumer.handler(message -> event(message.body()));
    return ended.future().onComplete(done -> consumer.unregister());
  }

  /** Someone reads the run out of its journal; the run waits for it only if it is its client. */
  void add(Follower follower) {
    followers.add(follower);
  }

  /** How many read it out of its journal. */
  int followers() {
    return followers.size();
  }

  /** It reads no more. */
  void remove(Follower follower) {
    followers.remove(follower);
  }

  /** A reader says that it has taken everything up to an event. */
  void acknowledged(Connection reader, long seq) {
    acknowledgements.add(reader, seq);
  }

  /** How long the run waits for a reader that takes nothing. */
  long patienceWith(Connection reader) {
    return run.isRequestedBy(reader) ? patience.requesterMillis() : patience.onlookerMillis();
  }

  /** Looks again whether the runner may go on. */
  void acknowledge() {
    if (waiting || acknowledged == latest || run.isAway() || isRequesterBehind()) {
      return;
    }
    if (run.log().journal().isBehind()) {
      waiting = true;
      run.log().journal().onWritten(this::goOn);
      return;
    }
    Optional<Connection> full = connections.firstFull(run.id());
    if (full.isPresent()) {
      waiting = true;
      SlowReader.await(vertx, run.id(), full.get(), patienceWith(full.get()), this::goOn);
      return;
    }
    long upTo = acknowledgements.upTo(latest);
    if (upTo > acknowledged) {
      acknowledged = upTo;
      vertx
          .eventBus()
          .send(
              run.runner().acknowledge(),
              RunnerOrderJson.encode(new RunnerOrder.Acknowledge(run.id(), acknowledged)));
    }
  }

  private void goOn() {
    waiting = false;
    acknowledge();
  }

  private void event(JsonObject body) {
    Buffer frame = Frames.event(run.id(), body);
    connections.send(run.id(), frame);
    OptionalLong seq = RunEventJson.seqOf(body);
    if (seq.isEmpty()) {
      followers.forEach(follower -> follower.tell(frame));
      return;
    }
    keep(body);
    latest = seq.getAsLong();
    List.copyOf(followers).forEach(follower -> follower.offer(latest, frame));
    acknowledge();
    if (run.log().journal().isEnded()) {
      acknowledgements.close();
      ended.tryComplete();
    }
  }

  private void keep(JsonObject body) {
    run.log().journal().append(body);
    if (run.log().journal().isEnded()
        && RunEventJson.decode(body).orElseThrow() instanceof RunEvent.Exit exit) {
      history.update(run.log(), run.log().record().ended(exit));
    }
  }

  private boolean isRequesterBehind() {
    return followers.stream()
        .anyMatch(each -> run.isRequestedBy(each.connection()) && !each.hasCaughtUp());
  }
}
