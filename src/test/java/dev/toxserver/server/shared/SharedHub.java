package dev.toxserver.server.shared;

import dev.toxserver.OnContext;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.nats.Lease;
import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.LogReader;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Peers;
import dev.toxserver.nats.Stored;
import dev.toxserver.nats.Streams;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What a hub does for runners over a real NATS, without clients. */
final class SharedHub {
  static final String VERSION = "1.0";

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final String name;
  private NatsLink link;
  private Facts facts;
  private Kinds kinds;
  private Peers peers;

  private SharedHub(String name) {
    this.name = name;
  }

  static SharedHub start(NatsConfig config, String name) throws Exception {
    SharedHub hub = new SharedHub(name);
    hub.link = hub.result(() -> NatsLink.connect(hub.vertx, config, name));
    hub.result(() -> Streams.prepare(hub.link, config.store(), 20_000));
    hub.facts = hub.result(() -> Facts.open(hub.link, name));
    OnContext.call(hub.context, hub::serve);
    return hub;
  }

  private Void serve() {
    Lease lease =
        new Lease(
            link, Leases.ofHub(name), () -> Leases.hub(VERSION, 0).toBuffer(), 10_000, () -> {});
    peers = new Peers(link, lease::isKept, peer -> {}, () -> {});
    Leases leases = new Leases(name, lease::isKept, peers::find, peers::all, 40_000);
    kinds = new Kinds(link, facts, leases::runners);
    new HubAnswers(
            new Joins(VERSION, facts, kinds, peers::find),
            new Grants(link, facts),
            new Endings(link, facts, name, new NoLoops()))
        .serve(link);
    return null;
  }

  void close() throws Exception {
    result(link::close);
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  /** A ticket is put up, and the fact is written that the run was asked for. */
  void ask(Request.Run run) throws Exception {
    ask(run, true);
  }

  /**
   * Asks for a run.
   *
   * @param asked whether the hub lives long enough to write the fact
   */
  void ask(Request.Run run, boolean asked) throws Exception {
    Fact.Asked fact =
        new Fact.Asked(
            new Life(run.id(), 1),
            run,
            List.of(),
            UUID.randomUUID().toString(),
            Optional.empty(),
            name,
            Optional.empty(),
            System.currentTimeMillis());
    Work work = new Work(run, 1, fact.nonce(), Optional.empty(), FactJson.encode(fact));
    Stored ticket =
        Stored.of(NatsSubjects.work(run.invocation().on(), run.id()), work.toJson().toBuffer());
    result(
        () ->
            kinds
                .prepare(run.invocation().on())
                .compose(ready -> link.create(ticket))
                .compose(put -> asked ? facts.create(fact) : Future.succeededFuture()));
  }

  Optional<RunFacts> find(String run) throws Exception {
    return OnContext.call(context, () -> facts.find(new RunId(run)));
  }

  /** How a run has ended, as soon as that is known here. */
  Optional<RunEvent.Exit> exit(String run) throws Exception {
    return find(run).flatMap(RunFacts::end).map(Fact.Ended::exit);
  }

  /** All messages of the log of a run that has ended, as they come. */
  List<LogMessage> log(String run) throws Exception {
    List<LogMessage> messages = new CopyOnWriteArrayList<>();
    Placement placement = find(run).flatMap(RunFacts::placed).orElseThrow().placement();
    OnContext.call(
        context,
        () -> {
          new LogReader(link, placement.log(new RunId(run)), 0, messages::add).start();
          return null;
        });
    return messages;
  }

  private <T> T result(java.util.concurrent.Callable<Future<T>> action) throws Exception {
    return OnContext.call(context, action).await(30, TimeUnit.SECONDS);
  }

  private static final class NoLoops implements Endings.Loops {
    @Override
    public Optional<RunEvent.Next> next(RunFacts run, RunEvent.Exit exit) {
      return Optional.empty();
    }

    @Override
    public Future<Void> ask(RunFacts run, RunEvent.Next next, Request.Run request) {
      throw new AssertionError("no loop is here");
    }
  }
}
