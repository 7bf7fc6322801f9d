package dev.toxserver.client;

import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.link.ServerConnection;
import dev.toxserver.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Carries out one request: connects, sends it, shows what comes, cancels when the user wants, and
 * says how it ended. A run goes on over another connection when one is lost.
 */
public final class ClientVerticle extends VerticleBase {
  private final ClientConfig config;
  private final Request request;
  private final Terminal terminal;
  private final Optional<UserInput> user;
  private final Promise<Outcome> outcome = Promise.promise();

  private Exchange exchange;

  /**
   * A client for one request; {@link #outcome} tells how it went.
   *
   * @param user what the user has to hand on to a run, if anything; whoever gives it closes it
   */
  public ClientVerticle(
      ClientConfig config, Request request, Terminal terminal, Optional<UserInput> user) {
    this.config = config;
    this.request = request;
    this.terminal = terminal;
    this.user = user;
  }

  /**
   * Looks up the first server's address while Vert.x is still being made; Java remembers it for 30
   * s. Blocks. A failure is not reported: connecting will fail in the same way.
   */
  public void prepare() {
    if (config.socket().isEmpty()) {
      try {
        InetAddress.getAllByName(config.servers().get(0).host());
      } catch (UnknownHostException e) {
        // The dialer will report it.
      }
    }
  }

  @Override
  public Future<?> start() {
    Executor onContext = task -> context.runOnContext(v -> task.run());
    exchange =
        new Exchange(
            vertx,
            config,
            request,
            terminal,
            user,
            new ServerConnection(vertx, config),
            onContext,
            outcome);
    terminal.begun();
    terminal.onOutputClosed(
        failure -> onContext.execute(() -> exchange.leave(new Outcome.OutputClosed(failure))));
    exchange.start();
    return Future.succeededFuture();
  }

  /** How the request ended; completes once, when all output is written. */
  public Future<Outcome> outcome() {
    return outcome.future();
  }

  /**
   * Whether the run is somebody else's by now: another client may have taken it over. May be called
   * on any thread, once the outcome is known.
   */
  public boolean looksOn() {
    return exchange.looksOn();
  }

  /**
   * The user pressed ^C. A run of the client's own is cancelled with the server the first time; the
   * second time, while there is no server, or if there is nothing to cancel, the client leaves at
   * once. May be called on any thread, once the verticle is deployed.
   */
  public void interrupt() {
    context.runOnContext(v -> exchange.interrupt());
  }

  /**
   * The run is not wanted any more: it is cancelled as by the first ^C, without a word, and waited
   * for; where there is no connection yet, the client leaves at once. May be called once, on any
   * thread, when the verticle is deployed.
   */
  public void cancel() {
    context.runOnContext(v -> exchange.cancel());
  }

  /**
   * A signal ends the client. A run of its own is cancelled with the server, but not waited for.
   * May be called on any thread, once the verticle is deployed.
   *
   * @param signal its number
   */
  public void terminate(int signal) {
    context.runOnContext(v -> exchange.leave(new Outcome.Terminated(signal)));
  }
}
