package dev.toxserver.runner.remote;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.LogLevel;
import dev.toxserver.link.Link;
import dev.toxserver.link.ServerConnection;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.runner.placed.JoinedRunner;
import dev.toxserver.runner.placed.Leaving;
import dev.toxserver.runner.placed.Offer;
import dev.toxserver.runner.placed.Orders;
import dev.toxserver.runner.placed.PlacedRuns;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;

/**
 * Joins a server, and carries out for it, by the runner that is on this process's event bus, what
 * it places here. When the server is away for longer than the grace, what runs is ended; the runner
 * comes back to it, or to the next one there.
 */
public final class HubVerticle extends VerticleBase implements HubOwner, JoinedRunner {
  private static final Logger LOG = Logger.getLogger(HubVerticle.class.getName());

  private final Function<Vertx, Link> links;
  private final String server;
  private final long graceMillis;
  private final Leaving leaving;
  private String session = RunnerJoin.newSession();
  private PlacedRuns runs;
  private Orders orders;
  private HubLink link;
  private Optional<Long> grace = Optional.empty();

  /**
   * A runner that joins once it is deployed.
   *
   * @param links makes links to the server
   * @param server its address, for people
   * @param graceMillis how long what runs goes on while the server is away
   */
  public HubVerticle(Function<Vertx, Link> links, String server, Offer offer, long graceMillis) {
    this.links = links;
    this.server = server;
    this.leaving = new Leaving(offer);
    this.graceMillis = graceMillis;
  }

  /** Makes links to a server. */
  public static Function<Vertx, Link> linksTo(ClientConfig config) {
    return vertx -> new ServerConnection(vertx, config);
  }

  @Override
  public Future<?> start() {
    link = new HubLink(vertx, () -> links.apply(vertx), this);
    RunnerAddresses addresses = new RunnerAddresses(leaving.offer().name());
    runs = new PlacedRuns(vertx, addresses, link, () -> leaving.check(runs, false));
    orders = new Orders(vertx, addresses, runs, link);
    leaving.left().onComplete(left -> link.close());
    link.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    link.close();
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<String>> left() {
    return leaving.left();
  }

  @Override
  public void signalled() {
    context.runOnContext(v -> leaving.signalled(runs, false, link::joinAgain));
  }

  @Override
  public RunnerJoin join() {
    return leaving.offer().join(session, runs.held());
  }

  @Override
  public void joined(Map<RunId, Long> from) {
    Offer offer = leaving.offer();
    LOG.log(
        LogLevel.NOTICE,
        "Joined the server at {0} as {1}, for {2} runs at once, with {3}",
        new Object[] {server, offer.name(), offer.capacity(), offer.labels()});
    grace.ifPresent(vertx::cancelTimer);
    grace = Optional.empty();
    runs.resume(from);
  }

  @Override
  public void order(JsonObject frame) {
    orders.take(frame);
  }

  @Override
  public void away() {
    if (grace.isEmpty() && !runs.isEmpty()) {
      grace = Optional.of(vertx.setTimer(graceMillis, late -> abandon()));
    }
  }

  @Override
  public void refused(String why) {
    link.close();
    runs.abandonAll();
    leaving.refused(why);
  }

  /** From now on it is another runner, of the same name: what it had is lost. */
  private void abandon() {
    grace = Optional.empty();
    session = RunnerJoin.sessionAfter(session);
    LOG.log(
        LogLevel.NOTICE, "The server was away for {0} s: what runs is ended", graceMillis / 1000.0);
    runs.abandonAll();
  }
}
