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
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.RunnerStatus;
import dev.toxserver.protocol.Work;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.runners.Heartbeats;
import dev.toxserver.server.runners.Roster;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a hub does for runners over a real NATS, without clients. */
final class SharedHub {
  static final String VERSION = "1.0";

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final String name;
  private final BooleanSupplier acknowledges;
  private NatsLink link;
  private Facts facts;
  private Kinds kinds;
  private Namesakes namesakes;
  private Peers peers;
  private Roster roster;

  private SharedHub(String name, BooleanSupplier acknowledges) {
    this.name = name;
    this.acknowledges = acknowledges;
  }

  static SharedHub start(NatsConfig config, String name) throws Exception {
    return start(config, name, () -> true);
  }

  /**
   * Starts one.
   *
   * @param acknowledges whether the next ticket is taken off the queue
   */
  static SharedHub start(NatsConfig config, String name, BooleanSupplier acknowledges)
      throws Exception {
    SharedHub hub = new SharedHub(name, acknowledges);
    hub.link = hub.result(() -> NatsLink.connectHub(hub.vertx, config, name));
    hub.result(() -> Streams.prepare(hub.link, config.store(), 20_000));
    hub.facts = hub.result(() -> Facts.open(hub.link, name));
    OnContext.call(hub.context, hub::serve);
    return hub;
  }

  private Void serve() {
    Lease lease =
        new Lease(
            link, Leases.ofHub(name), () -> Leases.hub(VERSION, 0).toBuffer(), 10_000, () -> {});
    peers = new Peers(link, lease::isKept, peer -> namesakes.heard(peer), () -> {});
    Leases leases = new Leases(name, lease::isKept, peers::find, peers::all);
    namesakes = new Namesakes(leases);
    kinds = new Kinds(link, facts, leases::runners);
    roster = new Roster(VERSION);
    new NatsRunners(
        vertx, link, facts, leases, peers::find, roster, new Heartbeats(vertx, new Connections()));
    new HubAnswers(
            new Joins(VERSION, 1 << 20, facts, kinds, peers::find, namesakes),
            new Grants(vertx, facts, queue()),
            new Endings(link, facts, name, new NoLoops(), queue()::isAsked),
            new Trims(link))
        .serve(link);
    return null;
  }

  private WorkQueue queue() {
    WorkQueue queue = WorkQueue.of(link);
    return new WorkQueue() {
      @Override
      public Future<Optional<Work>> find(String ack) {
        return queue.find(ack);
      }

      @Override
      public void acknowledge(String ack) {
        if (acknowledges.getAsBoolean()) {
          queue.acknowledge(ack);
        }
      }

      @Override
      public Future<Boolean> isAsked(Life life) {
        return queue.isAsked(life);
      }
    };
  }

  /** From now on a ticket comes to somebody else if it was not acknowledged for so long. */
  void redeliverAfter(Labels needs, long millis) throws Exception {
    String name = NatsSubjects.labels(needs);
    JsonObject config =
        new JsonObject()
            .put("durable_name", name)
            .put("filter_subject", NatsSubjects.work(needs))
            .put("ack_policy", "explicit")
            .put("ack_wait", millis * 1_000_000)
            .put("max_deliver", -1)
            .put("max_ack_pending", -1)
            .put("max_waiting", 8192)
            .put("inactive_threshold", 3_600_000_000_000L)
            .put("deliver_policy", "all")
            .put("replay_policy", "instant");
    String stream = NatsSubjects.WORK_STREAM;
    result(() -> kinds.prepare(needs));
    result(
        () ->
            link.administer(
                "CONSUMER.DURABLE.CREATE." + stream + "." + name,
                new JsonObject().put("stream_name", stream).put("config", config)));
  }

  /** How many tickets there are. */
  int tickets() throws Exception {
    return result(
            () -> link.administer("STREAM.INFO." + NatsSubjects.WORK_STREAM, new JsonObject()))
        .getJsonObject("state")
        .getInteger("messages");
  }

  /** How many tickets of runs without needs somebody has, and has not acknowledged. */
  int pulled() throws Exception {
    String consumer = NatsSubjects.WORK_STREAM + "." + NatsSubjects.labels(Labels.NONE);
    return result(() -> link.administer("CONSUMER.INFO." + consumer, new JsonObject()))
        .getInteger("num_ack_pending");
  }

  /** How many runs have ended. */
  long ended() throws Exception {
    return OnContext.call(
        context,
        () ->
            facts.oldestFirst().stream()
                .filter(run -> run.state() == RunFacts.State.ENDED)
                .count());
  }

  void close() throws Exception {
    result(link::close);
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  /** What this hub's server would tell the runner of a run. */
  EventBus orders() {
    return vertx.eventBus();
  }

  /** Sends an order to a runner, whatever this hub knows. */
  void publish(String address, RunnerOrder order) throws Exception {
    JsonObject frame = Frames.order(address, RunnerOrderJson.encode(order), Optional.empty());
    OnContext.call(
        context,
        () -> {
          link.publish(Stored.of(address, frame.toBuffer()));
          return null;
        });
  }

  /** The name of a run's placement. */
  Optional<String> placement(String run) throws Exception {
    return find(run).flatMap(RunFacts::placed).map(placed -> placed.placement().name());
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
            System.currentTimeMillis(),
            Optional.empty());
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

  /** The runners, as people see them. */
  List<RunnerStatus> runners() throws Exception {
    return OnContext.call(context, () -> roster.status());
  }

  /** Asks for a run to end. */
  void cancel(String run) throws Exception {
    result(() -> facts.create(new Fact.Cancel(new Life(new RunId(run), 1), name, "a test")));
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
    public Future<Void> ask(RunFacts run, RunEvent.Next next, Optional<Map<String, String>> env) {
      throw new AssertionError("no loop is here");
    }
  }
}
