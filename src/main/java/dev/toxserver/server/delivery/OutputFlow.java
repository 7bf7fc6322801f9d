package dev.toxserver.server.delivery;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.journal.Journal;
import dev.toxserver.server.journal.RunLog;
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
 * Follows one run's events: keeps them, sends them to all who read them, and says when every reader
 * can take more.
 *
 * <p>The stock bridge could send them, but it makes each event's frame anew for each reader, and
 * never looks at a full socket (its issue 69), so memory would grow without bound.
 *
 * <p>Belongs to the server's context.
 */
public final class OutputFlow {
  /** The shortest of timers. */
  private static final long NONE_MILLIS = 1;

  private final Vertx vertx;
  private final RunLog log;
  private final Requester requester;
  private final ServerConfig.Patience patience;
  private final Connections connections;
  private final RunOwner owner;
  private final Acknowledgements acknowledgements;
  private final Set<Follower> followers = new LinkedHashSet<>();
  private final MessageConsumer<JsonObject> consumer;
  private long latest = -1;
  private long acknowledged = -1;
  private boolean waiting;
  private boolean keysAwaited;

  /**
   * The flow of a run that was just accepted.
   *
   * @param patience how long the run waits for a reader that takes nothing
   * @param connections those that may have registered the run's address
   * @param owner is told how far it is read, and what comes of it
   */
  public OutputFlow(
      Vertx vertx,
      RunLog log,
      Requester requester,
      ServerConfig.Patience patience,
      Connections connections,
      RunOwner owner) {
    this.vertx = vertx;
    this.log = log;
    this.requester = requester;
    this.patience = patience;
    this.connections = connections;
    this.owner = owner;
    this.consumer = vertx.eventBus().consumer(Addresses.output(log.id()));
    this.acknowledgements =
        new Acknowledgements(
            vertx, log.id(), this::waitsFor, this::patienceWith, this::acknowledge);
  }

  /** What is kept of the run. */
  public RunLog log() {
    return log;
  }

  /** The client that asked for the run. */
  public Requester requester() {
    return requester;
  }

  /** Whether the last that came of the run is that it waits for keys. */
  public boolean keysAreAwaited() {
    return keysAwaited;
  }

  /** What came before that event has come elsewhere, and can be read out of the journal. */
  public void comesFrom(long seq) {
    latest = Math.max(latest, seq - 1);
  }

  /** The last event that the runner need not wait for any more; below 0 if there is none. */
  public long acknowledgedSeq() {
    return acknowledged;
  }

  /** Follows the run from now on until its exit. */
  public void start() {
    consumer.handler(message -> publish(message.body()));
  }

  /** Someone reads the run out of its journal; the run waits for it only if it is its client. */
  void add(Follower follower) {
    followers.add(follower);
  }

  /** Whether somebody reads it, out of its journal or as it comes. */
  public boolean isRead() {
    return !followers.isEmpty() || connections.anyRegistered(id());
  }

  /** How many read it out of its journal. */
  int followers() {
    return followers.size();
  }

  /** It reads no more. */
  void remove(Follower follower) {
    followers.remove(follower);
  }

  /** A reader says that it has taken everything up to an event, if the run waits for it. */
  void acknowledged(Connection reader, long seq) {
    acknowledgements.add(reader, seq);
  }

  /** How long the run waits for a reader that takes nothing, and that it waits for at all. */
  long patienceWith(Connection reader) {
    return waitsFor(reader) ? patienceWithFollower(reader) : NONE_MILLIS;
  }

  private boolean waitsFor(Connection reader) {
    return requester.isAt(reader) || reader.holdsUp();
  }

  /** How long who reads it out of its journal may take nothing: only its client holds it up. */
  long patienceWithFollower(Connection reader) {
    return requester.isAt(reader) ? patience.requesterMillis() : patience.onlookerMillis();
  }

  /** Looks again whether the runner may go on, and tells it. */
  public void acknowledge() {
    if (waiting || acknowledged == latest || requester.isAway() || isRequesterBehind()) {
      return;
    }
    if (journal().isBehind()) {
      waiting = true;
      journal().onWritten(this::goOn);
      return;
    }
    Optional<Connection> full = connections.firstFull(id());
    if (full.isPresent()) {
      waiting = true;
      SlowReader.await(vertx, id(), full.get(), patienceWith(full.get()), this::goOn);
      return;
    }
    long upTo = acknowledgements.upTo(latest);
    if (upTo > acknowledged) {
      acknowledged = upTo;
      owner.taken(acknowledged);
    }
  }

  /**
   * Tells those who read the run now; it is not kept, and has no place in the sequence.
   *
   * @param event without a number
   */
  public void tell(RunEvent event) {
    tell(RunEventJson.encode(event));
  }

  private void tell(JsonObject event) {
    Buffer frame = Frames.event(id(), event);
    connections.send(id(), frame);
    followers.forEach(follower -> follower.tell(event, frame));
  }

  private void goOn() {
    waiting = false;
    acknowledge();
  }

  /** The run's next event came, or something that has no place in the sequence. */
  public void publish(JsonObject told) {
    if (RunEventJson.isExit(told)) {
      RunEvent.Exit exit = RunEventJson.decodeExit(told);
      owner.end(exit).ifPresent(end -> take(end.equals(exit) ? told : RunEventJson.encode(end)));
    } else {
      take(told);
    }
  }

  private void take(JsonObject body) {
    OptionalLong seq = RunEventJson.seqOf(body);
    if (seq.isEmpty()) {
      tell(body);
      return;
    }
    Buffer frame = Frames.event(id(), body);
    journal().append(body);
    if (journal().isEnded()) {
      consumer.unregister();
    }
    if (RunEventJson.isOutcome(body)) {
      owner.came((RunEvent.Sequenced) RunEventJson.decode(body).orElseThrow());
    }
    keysAwaited = RunEventJson.isKeysAwaited(body);
    latest = seq.getAsLong();
    connections.send(id(), frame);
    List.copyOf(followers).forEach(follower -> follower.offer(latest, body, frame));
    acknowledge();
    if (journal().isEnded()) {
      acknowledgements.close();
    }
  }

  private boolean isRequesterBehind() {
    return followers.stream()
        .anyMatch(each -> requester.isAt(each.connection()) && !each.hasCaughtUp());
  }

  private Journal journal() {
    return log.journal();
  }

  private RunId id() {
    return log.id();
  }
}
