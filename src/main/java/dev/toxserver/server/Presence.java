package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether the clients are there that have asked for runs. One whose connection breaks may come
 * back; its run is cancelled if it does not, for nobody will read what it prints.
 */
final class Presence {
  private static final Logger LOG = Logger.getLogger(Presence.class.getName());

  private final Vertx vertx;
  private final ServerConfig.Patience patience;
  private final Supplier<Collection<Run>> unfinished;
  private final Consumer<Run> onGivenUp;

  /** The timers of those that are expected back. */
  private final Map<Run, Long> away = new HashMap<>();

  /**
   * A list, yet to be watched.
   *
   * @param unfinished the runs that there are
   * @param onGivenUp takes each whose client is no longer expected
   */
  Presence(
      Vertx vertx,
      ServerConfig.Patience patience,
      Supplier<Collection<Run>> unfinished,
      Consumer<Run> onGivenUp) {
    this.vertx = vertx;
    this.patience = patience;
    this.unfinished = unfinished;
    this.onGivenUp = onGivenUp;
  }

  /**
   * Looks now and then for clients of which nothing was heard for as long as one may take no
   * output. A network that drops everything shows no other sign, where a proxy answers for it.
   */
  void watch() {
    vertx.setPeriodic(Math.max(10, patience.silenceMillis() / 4), timer -> evictSilent());
  }

  /** Whether some client is expected back. */
  boolean isAnyoneAway() {
    return !away.isEmpty();
  }

  /** A connection has closed. */
  void lost(Connection connection) {
    for (Run run : List.copyOf(unfinished.get())) {
      if (run.isRequestedBy(connection)) {
        leave(run);
      }
    }
  }

  /** The client of a run is there, by another connection than before. */
  void back(Run run, Connection connection) {
    LOG.log(Level.INFO, "run {0}: its client is back", run.id());
    forget(run);
    Optional<Connection> before = run.requester();
    run.requesterIsBack(connection);
    before.filter(old -> !old.equals(connection)).ifPresent(Presence::supersede);
  }

  /** The client of a run that has ended meanwhile is there. */
  void seen(RunId id) {
    List.copyOf(away.keySet()).stream().filter(run -> run.id().equals(id)).forEach(this::forget);
  }

  private void leave(Run run) {
    boolean expectedBack = !run.request().detached() && !run.isCancelling();
    run.requesterLeaves(expectedBack);
    if (expectedBack) {
      LOG.log(
          Level.INFO,
          "run {0}: its client is away, and has {1} s to come back",
          new Object[] {run.id(), patience.graceMillis() / 1000.0});
      away.put(run, vertx.setTimer(patience.graceMillis(), late -> giveUp(run)));
    } else {
      onGivenUp.accept(run);
    }
  }

  private void giveUp(Run run) {
    LOG.log(Level.INFO, "run {0}: its client has gone", run.id());
    forget(run);
    run.requesterLeaves(false);
    onGivenUp.accept(run);
  }

  private void forget(Run run) {
    Long timer = away.remove(run);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  /** Its packets may be lost on the way, and what is sent to it would pile up for ever. */
  private static void supersede(Connection old) {
    LOG.log(Level.INFO, "{0} is disconnected: its client has come by another", old);
    old.evict();
  }

  private void evictSilent() {
    for (Run run : List.copyOf(unfinished.get())) {
      run.requester()
          .filter(client -> client.silentMillis() > patience.silenceMillis())
          .ifPresent(
              client -> {
                LOG.log(Level.WARNING, "{0} is disconnected: it was silent", client);
                client.evict();
              });
    }
  }
}
