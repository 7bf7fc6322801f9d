package dev.toxserver.nats;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.NatsConfig;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Connects to the first of NATS' servers that is there, and waits until there is one: it may be
 * started later than we are.
 */
final class NatsDial {
  private static final Logger LOG = Logger.getLogger(NatsDial.class.getName());
  private static final long PAUSE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final NatsConfig config;
  private final Options options;
  private final NatsEvents events;
  private boolean told;

  NatsDial(Vertx vertx, Context context, NatsConfig config, String name, NatsEvents events) {
    this.vertx = vertx;
    this.context = context;
    this.config = config;
    this.events = events;
    this.options = options(config, name, events);
  }

  private static Options options(NatsConfig config, String name, NatsEvents events) {
    Options.Builder options =
        new Options.Builder()
            .servers(config.servers().toArray(String[]::new))
            .connectionName(name)
            .inboxPrefix(NatsLink.inboxes(name))
            .connectionTimeout(Duration.ofSeconds(2))
            .maxReconnects(-1)
            .reconnectWait(Duration.ofMillis(100))
            .pingInterval(Duration.ofSeconds(2))
            .maxPingsOut(2)
            // Nothing is sent later that was written while there was no connection.
            .reconnectBufferSize(0)
            // Who publishes would wait for room in it; ours have one message under way each.
            .maxMessagesInOutgoingQueue(0)
            // A certificate is for the name; servers that others tell of have none.
            .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs)
            .ignoreDiscoveredServers()
            .reportNoResponders()
            .errorListener(events)
            .connectionListener(events);
    config.login().ifPresent(login -> options.userInfo(login.user(), login.password()));
    config.tls().ifPresent(tls -> options.sslContext(NatsTls.context(tls)));
    return options.build();
  }

  /**
   * Connects.
   *
   * @return fails with an {@link InvalidSettingException} if a server is there and refuses us
   */
  Future<Connection> connect() {
    Promise<Connection> connected = Promise.promise();
    attempt(connected);
    return connected.future();
  }

  /** A server is there, and does not let us in. */
  static InvalidSettingException refusal(NatsConfig config) {
    return new InvalidSettingException(
        "NATS at %s lets nobody in with this user and password: see --nats-user and --nats-password-file"
            .formatted(String.join(", ", config.servers())));
  }

  private void attempt(Promise<Connection> connected) {
    context
        .executeBlocking(() -> Nats.connect(options), false)
        .onSuccess(connected::complete)
        .onFailure(failure -> failed(failure, connected));
  }

  private void failed(Throwable failure, Promise<Connection> connected) {
    String servers = String.join(", ", config.servers());
    if (failure instanceof AuthenticationException) {
      connected.fail(refusal(config));
    } else if (events.tlsFailure().isPresent()) {
      connected.fail(
          new InvalidSettingException(
              "TLS with NATS at %s failed: %s. See --nats-ca, --nats-cert and --nats-key"
                  .formatted(servers, NatsTls.message(events.tlsFailure().get()))));
    } else if (failure instanceof IOException) {
      LOG.log(told ? Level.FINE : Level.WARNING, "No NATS server at {0} yet: trying on", servers);
      told = true;
      vertx.setTimer(PAUSE_MILLIS, later -> attempt(connected));
    } else {
      connected.fail(failure);
    }
  }
}
