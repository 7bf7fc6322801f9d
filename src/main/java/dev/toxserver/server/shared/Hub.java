package dev.toxserver.server.shared;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.LogLevel;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.nats.Lease;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Peers;
import dev.toxserver.nats.Streams;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.runners.Heartbeats;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.tokens.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * This server's part in what several servers share over NATS: it knows all runs, and answers
 * runners. Belongs to the server's context.
 */
public final class Hub {
  private static final Logger LOG = Logger.getLogger(Hub.class.getName());

  private final Vertx vertx;
  private final ServerConfig config;
  private final String id;
  private final NatsLink link;
  private final Facts facts;
  private final Lease lease;
  private final SharedStore store;
  private final SharedTokens tokens;
  private final Promise<Void> peersKnown = Promise.promise();
  private final Peers peers;
  private final Leases leases;
  private final Namesakes namesakes;
  private final Kinds kinds;
  private final Sweeper sweeper;
  private NatsRunners runners;
  private Runnable stopAnswers = () -> {};
  private Runnable onCutOff = () -> {};
  private Runnable onHeardAgain = () -> {};
  private boolean isCutOff;

  private Hub(Vertx vertx, ServerConfig config, String id, NatsLink link, Facts facts) {
    this.vertx = vertx;
    this.config = config;
    this.id = id;
    this.link = link;
    this.facts = facts;
    this.store = new SharedStore(link, facts);
    this.tokens = new SharedTokens(link);
    JsonObject self = Leases.hub(config.version(), System.currentTimeMillis());
    this.lease =
        new Lease(link, Leases.ofHub(id), self::toBuffer, Leases.CUT_OFF_MILLIS, this::cutOff);
    lease.onBack(this::heardAgain);
    this.peers = new Peers(link, lease::isKept, this::changed, peersKnown::tryComplete);
    this.leases = new Leases(id, lease::isKept, peers::find, peers::all);
    this.namesakes = new Namesakes(leases);
    this.kinds = new Kinds(link, facts, leases::runners);
    this.sweeper =
        Sweeper.of(link, facts, leases, id, config.patience().graceMillis(), keptBytes());
  }

  /**
   * Connects, makes the streams where there are none, and learns all that is known.
   *
   * @return completes when that is done, however long the servers are away; fails with an {@link
   *     InvalidSettingException} if they are of no use
   */
  public static Future<Hub> open(Vertx vertx, NatsConfig nats, ServerConfig config) {
    String id = "hub-" + RunId.random();
    return NatsLink.connectHub(vertx, nats, id)
        .compose(
            link ->
                prepare(link, nats, config)
                    .compose(ready -> Facts.open(link, id))
                    .map(facts -> new Hub(vertx, config, id, link, facts))
                    .onSuccess(hub -> link.onReconnected(() -> prepare(link, nats, config))))
        .compose(hub -> hub.peersKnown.future().map(hub));
  }

  private static Future<Void> prepare(NatsLink link, NatsConfig nats, ServerConfig config) {
    return Streams.prepare(link, nats.store(), config.places().queueLimit())
        .onSuccess(lines -> lines.forEach(line -> LOG.log(LogLevel.NOTICE, "{0}", line)))
        .mapEmpty();
  }

  private void cutOff() {
    isCutOff = true;
    onCutOff.run();
  }

  private void heardAgain() {
    isCutOff = false;
    onHeardAgain.run();
  }

  /**
   * Names who is called when NATS has not heard this server for {@link Leases#CUT_OFF_MILLIS},
   * which may be now, and who when it has again.
   */
  public void onCutOff(Runnable cutOff, Runnable heardAgain) {
    onCutOff = cutOff;
    onHeardAgain = heardAgain;
    if (isCutOff) {
      cutOff.run();
    }
  }

  /** Completes when NATS no longer lets this server in, with what to do about it. */
  public Future<InvalidSettingException> refused() {
    return link.refused();
  }

  /** What no other server is called. */
  public String id() {
    return id;
  }

  /** Whether there is another, as far as is known. */
  public boolean isOneOfSeveral() {
    return leases.isOneOfSeveral();
  }

  /** What is known of all runs. */
  public Facts facts() {
    return facts;
  }

  /** Where the server's history is kept. */
  public SharedStore store() {
    return store;
  }

  /** Where narrow tokens are kept. */
  public TokenStore tokens() {
    return tokens;
  }

  /** Has runs asked for that wait for a runner. */
  public Asking asking() {
    return new Asking(link, facts, kinds);
  }

  /**
   * Has a run asked for that waits for nobody.
   *
   * @param runner takes it
   * @return as {@link Asking#ask}
   */
  public Future<Void> place(
      Fact.Asked asked, Request.Run request, Optional<TraceContext> trace, RunnerName runner) {
    return leases.runners().stream()
        .filter(join -> join.name().equals(runner))
        .findFirst()
        .map(
            join ->
                new Execs(link, facts).place(asked, request, trace, join).compose(asking()::park))
        .orElseGet(
            () ->
                Future.failedFuture(
                    new RefusedException(
                        ErrorCode.BUSY, "the runner " + runner + " has just left; try again")));
  }

  /** Ends runs that wait. */
  public Waiting waiting() {
    return new Waiting(facts);
  }

  /** Begins to answer runners, shows them in the roster, and sees to runs that nobody has. */
  public void serve(Roster roster, Connections connections, Endings.Loops loops) {
    Heartbeats heartbeats = new Heartbeats(vertx, connections);
    runners = new NatsRunners(vertx, link, facts, leases, peers::find, roster, heartbeats);
    Joins joins = new Joins(config.version(), keptBytes(), facts, kinds, peers::find, namesakes);
    WorkQueue queue = WorkQueue.of(link);
    Endings endings = new Endings(link, facts, id, loops, queue::isAsked);
    Grants grants = new Grants(link.vertx(), facts, queue);
    stopAnswers = new HubAnswers(joins, grants, endings, new Trims(link)).serve(link);
    sweeper.start();
  }

  /** Frames are a third longer than the output in them; and nothing goes that is under way. */
  private long keptBytes() {
    return config.keeping().spoolBytes() / 2 * 3 + 2L * config.runners().windowBytes();
  }

  /** Reads what a placement publishes; {@link Feed} says how. */
  public Feed feed(
      RunId run, Placement placement, long from, Consumer<JsonObject> onEvent, Runnable onEnd) {
    return new Feed(link, run, placement, from, config.runners().windowBytes(), onEvent, onEnd);
  }

  private void changed(Peers.Peer peer) {
    namesakes.heard(peer);
    if (runners != null) {
      runners.follow(peer);
    }
  }

  /** Tells the others that it leaves; they know when it completes, unless that takes over 2 s. */
  public Future<Void> leave() {
    return lease.close().otherwiseEmpty();
  }

  /** Has part in nothing any more. */
  public Future<Void> close() {
    stopAnswers.run();
    sweeper.stop();
    peers.close();
    facts.close();
    tokens.close();
    if (runners != null) {
      runners.close();
    }
    return link.close();
  }
}
