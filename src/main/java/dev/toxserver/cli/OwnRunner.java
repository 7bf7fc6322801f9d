package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.config.HubConfig;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.runner.nats.NatsVerticle;
import dev.toxserver.runner.placed.JoinedRunner;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The places that a server which shares its runs over NATS has itself: a runner as any other, in
 * the same process. It has an event bus of its own, since the server tells there what it hears of
 * runs.
 */
final class OwnRunner {
  private static final Logger LOG = Logger.getLogger(OwnRunner.class.getName());

  /** By then a server that NATS refuses for the same reason has left, and has said so itself. */
  private static final long WARN_AFTER_MILLIS = 10_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final JoinedRunner joined;
  private final Future<?> deployed;

  private OwnRunner(Offer offer, RunnerConfig runner, JoinedRunner joined) {
    this.joined = joined;
    this.deployed =
        vertx
            .deployVerticle(new ToxRunnerVerticle(new RunnerAddresses(offer.name()), runner))
            .compose(ready -> vertx.deployVerticle(joined));
  }

  /** One that pulls its work over NATS. */
  static JoinedRunner pulling(NatsConfig nats, Offer offer, long graceMillis) {
    return new NatsVerticle(nats, offer, graceMillis);
  }

  /** Begins. */
  static OwnRunner start(
      ServerConfig server, NatsConfig nats, RunnerConfig config, Environment environment) {
    RunnerConfig runner =
        config.sharing(server.places().jobs(), Runtime.getRuntime().maxMemory() / 4);
    Offer offer =
        new Offer(
            name(server.listen().port()),
            server.version(),
            new Labels(HubConfig.foundLabels(environment)),
            server.places().jobs(),
            runner.windowBytes(),
            runner.goneMillis(server.runners().graceMillis()));
    OwnRunner own =
        new OwnRunner(offer, runner, pulling(nats, offer, server.runners().graceMillis()));
    own.joined.left().onSuccess(why -> why.ifPresent(own::warn));
    return own;
  }

  private void warn(String why) {
    vertx.setTimer(WARN_AFTER_MILLIS, later -> LOG.log(Level.WARNING, "Runs nothing: {0}", why));
  }

  /** Completes when it can start programs. */
  Future<?> deployed() {
    return deployed;
  }

  /** Has it take nothing more; completes when what it has has ended. */
  Future<Optional<String>> leave() {
    joined.signalled();
    return joined.left();
  }

  /** A signal came while it leaves: what it has is cancelled. */
  void signalled() {
    joined.signalled();
  }

  /** Ends what is left of it. */
  void close() {
    Processes.close(vertx);
  }

  /** There may be several servers on this machine; one without a port is called anew each time. */
  private static RunnerName name(int port) {
    return new RunnerName(HubConfig.hostName() + "-" + (port > 0 ? port : RunId.random()));
  }
}
