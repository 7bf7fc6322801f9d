package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Reply;
import dev.toxserver.server.door.Bridge;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.Gate;
import dev.toxserver.server.door.Health;
import dev.toxserver.server.door.HttpListener;
import dev.toxserver.server.door.Listener;
import dev.toxserver.server.door.ZmtpListener;
import dev.toxserver.server.runners.Joining;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.shared.Hub;
import dev.toxserver.server.tokens.Links;
import dev.toxserver.server.tokens.TokenStore;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Wires the server: who answers requests, where the runs are, and the door by which clients come.
 * The rest of the process sees only this class of it.
 */
public final class ServerVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(ServerVerticle.class.getName());

  /** A folder on PATH may be on a network, and slow; nobody waits for it but who needs a label. */
  private static final long LABELS_MILLIS = 500;

  private final ServerConfig config;
  private final Connections connections = new Connections();
  private Optional<Hub> hub = Optional.empty();
  private Runs runs;
  private Gate gate;
  private Bridge bridge;
  private Optional<Listener> zmtp = Optional.empty();
  private Optional<Listener> http = Optional.empty();
  private Consumer<String> onPage = address -> {};

  /** A server that listens where the configuration says, once it is deployed. */
  public ServerVerticle(ServerConfig config) {
    this.config = config;
  }

  /**
   * Names who is told where the page is, if there is one, before the server is deployed. The
   * address may hold a token, which lets in once; when it has been used, there is another address.
   */
  public void onPage(Consumer<String> listener) {
    onPage = listener;
  }

  @Override
  public Future<?> start() {
    return config.nats().isEmpty()
        ? start(Optional.empty())
        : Hub.open(vertx, config.nats().get(), config).compose(open -> start(Optional.of(open)));
  }

  private Future<?> start(Optional<Hub> shared) {
    hub = shared;
    Roster roster = new Roster(config.version());
    runs = new Runs(vertx, config, connections, roster, hub);
    connections.onClosed(runs::requesterLost);
    Tokens tokens = tokens();
    runs.onOver(tokens::over);
    new Requests(vertx, runs, roster, connections, tokens).serve();
    gate = new Gate(vertx, config, connections);
    gate.admit(tokens);
    gate.onJoin(new Joining(vertx, connections, roster, config, runs.scheduler()::fill));
    bridge = new Bridge(vertx, config, gate);
    zmtp = config.listen().zmtp().<Listener>map(port -> new ZmtpListener(vertx, gate, port));
    http =
        config
            .listen()
            .page()
            .<Listener>map(page -> new HttpListener(vertx, gate, config, this::health, onPage));
    // A lambda for it would load the class where there is none.
    if (hub.isPresent()) {
      SharedLoops.serve(hub.get(), roster, connections, runs::beginSpan);
      CutOff.watch(hub.get(), connections, runs);
      hub.get().refused().onSuccess(runs.drain()::giveUp);
    }
    return Future.join(runs.open(), openLocal(roster), tokens.open())
        .compose(opened -> bridge.listen())
        .compose(listening -> zmtp.map(Listener::listen).orElseGet(Future::succeededFuture))
        .compose(listening -> http.map(Listener::listen).orElseGet(Future::succeededFuture))
        .onSuccess(listening -> http.map(this::pageOf).ifPresent(runs.pings()::tellOf));
  }

  private Tokens tokens() {
    boolean wanted = !config.access().tokens().isEmpty();
    Links links = new Links(runs.catalogue()::shared, Links.GRACE_MILLIS);
    // A reference to the hub's method would load its class.
    Optional<TokenStore> store =
        hub.isPresent()
            ? Optional.of(hub.get().tokens())
            : config.keeping().folder().map(folder -> TokenStore.in(vertx, folder));
    return new Tokens(store, wanted, links);
  }

  private Future<?> openLocal(Roster roster) {
    if (!config.runners().local() || hub.isPresent()) {
      return Future.succeededFuture();
    }
    int jobs = config.places().jobs();
    roster.addLocal(jobs, Labels.NONE);
    roster.lookForLabels();
    Future<?> found =
        vertx
            .executeBlocking(config.runners().found()::labels)
            .map(Labels::new)
            .otherwise(Labels.NONE)
            .onSuccess(labels -> roster.localHas(jobs, labels))
            .onSuccess(labels -> runs.scheduler().fill());
    return Future.any(found, vertx.timer(LABELS_MILLIS));
  }

  @Override
  public Future<?> stop() {
    gate.close();
    // At once: a client that does not read may hold up all that follows.
    Future<?> told = hub.isPresent() ? hub.get().leave() : Future.succeededFuture();
    return zmtp.map(Listener::close)
        .orElseGet(Future::succeededFuture)
        .eventually(() -> http.map(Listener::close).orElseGet(Future::succeededFuture))
        .eventually(bridge::close)
        .eventually(runs::close)
        .eventually(() -> told)
        .eventually(() -> hub.isPresent() ? hub.get().close() : Future.succeededFuture());
  }

  /** Where the server listens. Valid once it is deployed. */
  public int port() {
    return bridge.port();
  }

  /** Where it listens for the original's clients, if it does. Valid once it is deployed. */
  public Optional<Integer> zmtpPort() {
    return zmtp.map(Listener::port);
  }

  /** Where it listens for browsers, if it does. Valid once it is deployed. */
  public Optional<Integer> httpPort() {
    return http.map(Listener::port);
  }

  private Health health() {
    if (connections.isShut()) {
      return Health.CUT_OFF;
    }
    return runs.drain().hasBegun() ? Health.DRAINING : Health.SERVING;
  }

  private Reply.Page pageOf(Listener listener) {
    return new Reply.Page(listener.port(), config.listen().tls().isPresent());
  }

  /**
   * Completes when the server was told to quit and everything that it had accepted has ended; fails
   * if it can't go on.
   */
  public Future<Void> drained() {
    return runs.drain().done();
  }

  /**
   * A signal asks the server to end: the first has it drain, each later one also cancels what is
   * left. May be called on any thread, once it is deployed.
   */
  public void signalled() {
    context.runOnContext(v -> runs.drain().signalled());
  }

  /** Reads the files for TLS again, and says how that went. May be called on any thread. */
  public void reloadTls() {
    context.runOnContext(
        v ->
            bridge
                .reloadTls()
                .compose(done -> http.map(Listener::reloadTls).orElseGet(Future::succeededFuture))
                .onSuccess(done -> LOG.info("The TLS files were read again, for new connections"))
                .onFailure(
                    failure ->
                        LOG.log(
                            Level.WARNING,
                            "The TLS files are served as they were before: {0}",
                            failure.getMessage())));
  }
}
