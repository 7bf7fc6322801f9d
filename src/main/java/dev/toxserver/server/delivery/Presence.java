package dev.toxserver.server.delivery;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
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
 * Notices when the clients that have runs go away and come back, or others take the runs over. One
 * whose connection breaks has a while to connect again; if it does not, its run is cancelled, since
 * nobody will read what it prints. Belongs to the server's context.
 */
public final class Presence {
  private static final Logger LOG = Logger.getLogger(Presence.class.getName());

  private final Vertx vertx;
  private final ServerConfig.Patience patience;
  private final Supplier<Collection<Requester>> unfinished;
  private final Consumer<Requester> onGivenUp;

  private static final long NO_TIMER = -1;

  /** The timers of those that are expected back. */
  private final Map<Requester, Long> away = new HashMap<>();

  private boolean suspended;

  /**
   * Notices who leaves; who is only silent it notices from {@link #watch} on.
   *
   * @param unfinished the requesters of all runs that have not ended
   * @param onGivenUp takes each that is no longer expected back
   */
  public Presence(
      Vertx vertx,
      ServerConfig.Patience patience,
      Supplier<Collection<Requester>> unfinished,
      Consumer<Requester> onGivenUp) {
    this.vertx = vertx;
    this.patience = patience;
    this.unfinished = unfinished;
    this.onGivenUp = onGivenUp;
  }

  /**
   * From now on disconnects clients that were silent for too long. A network that drops everything
   * shows no other sign where a proxy keeps our side of the connection alive.
   */
  public void watch() {
    vertx.setPeriodic(Math.max(10, patience.silenceMillis() / 4), timer -> evictSilent());
  }

  /** Whether some client is expected back. */
  public boolean isAnyoneAway() {
    return !away.isEmpty();
  }

  /** Nobody can come back for now: no time is counted until {@link #resume}. */
  public void suspend() {
    suspended = true;
    away.values().forEach(vertx::cancelTimer);
    away.replaceAll((requester, timer) -> NO_TIMER);
  }

  /** From now on they can: each that is expected back has all the time once more. */
  public void resume() {
    suspended = false;
    away.replaceAll((requester, timer) -> timerOf(requester));
  }

  /** A connection has closed: whose runs were asked for by it has to come back in time. */
  public void lost(Connection connection) {
    for (Requester requester : List.copyOf(unfinished.get())) {
      if (requester.isAt(connection)) {
        leave(requester);
      }
    }
  }

  /**
   * A client attaches to a run, and perhaps wants to have it: to be its requester.
   *
   * @param id the run's own
   * @param requester none if the run has ended
   * @return which hold of the run it has from now on; empty if it only reads: as an onlooker, or
   *     since another has taken the run over from it, or the run has ended
   */
  public Optional<Long> claim(
      Request.Attach request, RunId id, Optional<Requester> requester, Connection connection) {
    if (request.role() == Role.REQUESTER && requester.isEmpty()) {
      seen(id);
    }
    return requester
        .filter(live -> mayHave(request, live))
        .map(
            live -> {
              if (request.role() == Role.TAKER) {
                takeOver(live, connection);
              } else {
                back(live, connection);
              }
              return live.hold();
            });
  }

  private static boolean mayHave(Request.Attach request, Requester requester) {
    return request.role() == Role.TAKER
        || (request.role() == Role.REQUESTER && request.hold() >= requester.hold());
  }

  /** The client that had the run before stays, and reads on. */
  private void takeOver(Requester requester, Connection connection) {
    LOG.log(Level.INFO, "run {0}: {1} takes it over", new Object[] {requester.id(), connection});
    forget(requester);
    Optional<Connection> before = requester.connection();
    requester.isTakenOver(connection);
    before.filter(old -> !old.equals(connection)).ifPresent(old -> tellTaken(requester, old));
  }

  private static void tellTaken(Requester requester, Connection old) {
    old.answer(Frames.event(requester.id(), RunEventJson.encode(new RunEvent.Taken())));
  }

  /**
   * The client of a run has come to another server; or another client has taken the run over there.
   *
   * @param hold as that server has it
   */
  public void elsewhere(Requester requester, long hold) {
    boolean taken = hold > requester.hold();
    forget(requester);
    Optional<Connection> before = requester.connection();
    requester.isElsewhere(hold);
    before.ifPresent(old -> leave(requester, old, taken));
  }

  private static void leave(Requester requester, Connection old, boolean taken) {
    if (taken) {
      tellTaken(requester, old);
    } else {
      supersede(old);
    }
  }

  /** The client of a run has connected again; its earlier connection, if still open, is cut. */
  void back(Requester requester, Connection connection) {
    LOG.log(Level.INFO, "run {0}: its client is back", requester.id());
    forget(requester);
    Optional<Connection> before = requester.connection();
    requester.isBack(connection);
    before.filter(old -> !old.equals(connection)).ifPresent(Presence::supersede);
  }

  /** The client has connected again, but its run has ended meanwhile. */
  void seen(RunId id) {
    List.copyOf(away.keySet()).stream().filter(each -> each.id().equals(id)).forEach(this::forget);
  }

  private void leave(Requester requester) {
    boolean expectedBack = requester.isNeeded();
    requester.leaves(expectedBack);
    if (expectedBack) {
      LOG.log(
          Level.INFO,
          "run {0}: its client is away, and has {1} s to come back",
          new Object[] {requester.id(), patience.graceMillis() / 1000.0});
      away.put(requester, suspended ? NO_TIMER : timerOf(requester));
    } else {
      onGivenUp.accept(requester);
    }
  }

  private long timerOf(Requester requester) {
    return vertx.setTimer(patience.graceMillis(), late -> giveUp(requester));
  }

  private void giveUp(Requester requester) {
    LOG.log(Level.INFO, "run {0}: its client has gone", requester.id());
    forget(requester);
    requester.leaves(false);
    onGivenUp.accept(requester);
  }

  private void forget(Requester requester) {
    Long timer = away.remove(requester);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  /** Packets to the old connection may all be lost, and what is sent there would pile up. */
  private static void supersede(Connection old) {
    LOG.log(Level.INFO, "{0} is disconnected: its client has come by another", old);
    old.evict();
  }

  private void evictSilent() {
    for (Requester requester : List.copyOf(unfinished.get())) {
      requester
          .connection()
          .filter(client -> client.silentMillis() > patience.silenceMillis())
          .ifPresent(
              client -> {
                LOG.log(Level.WARNING, "{0} is disconnected: it was silent", client);
                client.evict();
              });
    }
  }
}
