package dev.toxserver.server.shared;

import dev.toxserver.nats.Peers.Peer;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.server.runners.AbsenceNotice;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who is there, as far as this hub knows: what the leases of runners and hubs mean. */
public final class Leases {
  /** A hub that was not heard for so long is not counted on. */
  static final long HUB_GONE_MILLIS = 10_000;

  /**
   * A hub that was not heard for so long lets go of its clients, so that they go on at another
   * before their runs are cancelled. While NATS elects a leader, up to 9 s, nobody is heard.
   */
  static final long CUT_OFF_MILLIS = 15_000;

  /**
   * So long a client may take to get from a hub that is not counted on to another: it is let go of
   * 17 s after that hub was heard, or finds it silent after 16, and a third that is dead costs it
   * 5.
   */
  static final int MOVING_SECONDS = 15;

  /**
   * A runner looks every other second whether it is heard; and to end processes takes a busy
   * machine some time beside their graces.
   */
  private static final long KILL_MILLIS = 5_000;

  private static final String HUB = "hub.";

  /**
   * The hub that has placed it may have died before it told the runner; else that tells it soon.
   */
  private static final int UNKNOWN_SECONDS = 10;

  /** What a runner said last, before it fell silent, says nothing of runs that it has got since. */
  private static final long NEWS_MILLIS = 4_000;

  private final String hub;
  private final BooleanSupplier heard;
  private final Function<String, Optional<Peer>> find;
  private final Supplier<Collection<Peer>> peers;
  private final Map<String, Decoded> decoded = new HashMap<>();

  private record Decoded(Buffer value, Optional<RunnerJoin> join) {}

  /**
   * A reason to think that a run is lost.
   *
   * @param seconds how long it has to hold, so that it is one
   */
  record Doubt(String why, int seconds) {}

  /**
   * A view of the peers.
   *
   * @param hub this one
   * @param heard whether the servers hear it; else it knows nothing of the others either
   * @param find one of the peers by its key
   * @param peers all of them
   */
  public Leases(
      String hub,
      BooleanSupplier heard,
      Function<String, Optional<Peer>> find,
      Supplier<Collection<Peer>> peers) {
    this.hub = hub;
    this.heard = heard;
    this.find = find;
    this.peers = peers;
  }

  /** The key of a hub's lease. */
  public static String ofHub(String hub) {
    return HUB + hub;
  }

  /**
   * What a hub says of itself.
   *
   * @param since when it was started, in milliseconds since 1970
   */
  public static JsonObject hub(String version, long since) {
    return new JsonObject().put("version", version).put("since", since);
  }

  /** This hub. */
  String hub() {
    return hub;
  }

  /** Whether silence of others means anything now. */
  public boolean isHeard() {
    return heard.getAsBoolean();
  }

  /**
   * Whether this hub sees to what nobody else would: the one that is there for the longest time.
   * For a moment there may be two or none, which does no harm.
   */
  public boolean isSweeper() {
    return peers.get().stream()
        .filter(peer -> peer.key().startsWith(HUB) && isHere(peer))
        .min(Comparator.comparingLong(Leases::since).thenComparing(Peer::key))
        .filter(first -> first.key().equals(ofHub(hub)))
        .isPresent();
  }

  /** Whether a hub is there. */
  public boolean isHere(String other) {
    return other.equals(hub) || find.apply(ofHub(other)).filter(Leases::isHere).isPresent();
  }

  /** Whether another hub is there. */
  public boolean isOneOfSeveral() {
    return peers.get().stream()
        .anyMatch(
            peer -> peer.key().startsWith(HUB) && !peer.key().equals(ofHub(hub)) && isHere(peer));
  }

  /** The runners that have not left, be they silent or not. */
  public List<RunnerJoin> runners() {
    decoded.keySet().removeIf(key -> find.apply(key).isEmpty());
    return peers.get().stream().flatMap(peer -> runner(peer).stream()).toList();
  }

  /** The runner that a peer is; empty if it is a hub, has left, or says nothing of use. */
  Optional<RunnerJoin> runner(Peer peer) {
    if (peer.hasLeft()) {
      decoded.remove(peer.key());
      return Optional.empty();
    }
    return peer.key().startsWith(NatsSubjects.RUNNERS) ? join(peer) : Optional.empty();
  }

  /** Whose lease has this key, if it is a runner's. */
  static Optional<RunnerName> runnerName(String key) {
    try {
      return key.startsWith(NatsSubjects.RUNNERS)
          ? Optional.of(new RunnerName(key.substring(NatsSubjects.RUNNERS.length())))
          : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * Why a run is perhaps not where it was placed.
   *
   * @param placedMillis for how long it has been there: a runner that has just taken it lives, also
   *     if it was not heard for long before, as after a partition
   */
  Optional<Doubt> doubt(RunId run, Placement placement, long placedMillis) {
    String runner = "the runner " + placement.runner();
    long goneMillis = placement.goneMillis() + KILL_MILLIS;
    Optional<Peer> peer = find.apply(NatsSubjects.lease(placement.runner()));
    if (peer.isEmpty()) {
      int seconds = (int) TimeUnit.MILLISECONDS.toSeconds(goneMillis);
      return Optional.of(new Doubt(runner + " is gone", seconds));
    }
    if (Math.min(peer.get().silentMillis(), placedMillis) > goneMillis) {
      return Optional.of(new Doubt(runner + " is gone", 0));
    }
    boolean isNews = peer.get().silentMillis() <= NEWS_MILLIS;
    return join(peer.get()).flatMap(join -> doubt(run, placement, join, isNews));
  }

  /** Sessions are in the order of their times. */
  private static Optional<Doubt> doubt(
      RunId run, Placement placement, RunnerJoin join, boolean isNews) {
    RunnerName runner = placement.runner();
    int order = join.session().compareTo(placement.session());
    if (order > 0) {
      String why = AbsenceNotice.lost(runner, placement.session(), join.session());
      return Optional.of(new Doubt(why, 0));
    }
    return order == 0 && isNews && !join.runs().containsKey(run)
        ? Optional.of(new Doubt("the runner " + runner + " does not know the run", UNKNOWN_SECONDS))
        : Optional.empty();
  }

  private static boolean isHere(Peer peer) {
    return peer.silentMillis() <= HUB_GONE_MILLIS;
  }

  private static long since(Peer peer) {
    try {
      return new JsonObject(peer.value()).getLong("since", Long.MAX_VALUE);
    } catch (DecodeException | ClassCastException e) {
      return Long.MAX_VALUE;
    }
  }

  private Optional<RunnerJoin> join(Peer peer) {
    Decoded known = decoded.get(peer.key());
    if (known == null || known.value() != peer.value()) {
      known = new Decoded(peer.value(), decode(peer.value()));
      decoded.put(peer.key(), known);
    }
    return known.join();
  }

  private static Optional<RunnerJoin> decode(Buffer value) {
    try {
      return Optional.of(RunnerJoin.decode(new JsonObject(value)));
    } catch (MalformedException | DecodeException e) {
      return Optional.empty();
    }
  }
}
