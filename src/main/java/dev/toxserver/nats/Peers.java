package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who else is there, and for how long each has said nothing. That is counted in our own ticks, and
 * only while we are heard ourselves: who was stopped, or is cut off, thinks nobody else away.
 * Belongs to its link's context.
 */
public final class Peers {
  private static final long TICK_MILLIS = 1_000;

  /**
   * Who waits longer for a runner counts on by itself, as for one of which it has never heard: it
   * waits an hour too long then.
   */
  private static final long FORGOTTEN_MILLIS = 3_600_000;

  private final BooleanSupplier heard;
  private final Consumer<Peer> onChange;
  private final Map<String, Peer> peers = new HashMap<>();
  private final Watch watch;
  private final NatsLink link;
  private long timer;

  /**
   * A hub or a runner.
   *
   * @param key its own in the bucket
   * @param value what it last said
   * @param silentMillis since when it has said nothing, for all that we know
   * @param hasLeft whether it said that it leaves; then it is not among all any longer
   */
  public record Peer(String key, Buffer value, long silentMillis, boolean hasLeft) {
    private Peer silentFor(long millis) {
      return new Peer(key, value, millis, hasLeft);
    }
  }

  /**
   * Begins to watch.
   *
   * @param heard whether we are heard ourselves: {@link Lease#isKept}
   * @param onChange is given each that comes, says something new, is heard again after it was
   *     silent for 5 s, or leaves
   * @param onCurrent is called once, when all that are there are known
   */
  public Peers(NatsLink link, BooleanSupplier heard, Consumer<Peer> onChange, Runnable onCurrent) {
    this.link = link;
    this.heard = heard;
    this.onChange = onChange;
    this.watch = Watch.begin(link, NatsSubjects.PEERS_BUCKET, this::told, onCurrent);
    tickLater();
  }

  /** One of those that have not left. */
  public Optional<Peer> find(String key) {
    return Optional.ofNullable(peers.get(key));
  }

  /** Those that have not left, silent or not. */
  public Collection<Peer> all() {
    return peers.values();
  }

  /** Watches no longer. */
  public void close() {
    watch.close();
    link.vertx().cancelTimer(timer);
  }

  private void told(Watch.Entry entry) {
    Peer peer = new Peer(entry.key(), entry.value(), 0, entry.isDeleted());
    Peer before = peer.hasLeft() ? peers.remove(peer.key()) : peers.put(peer.key(), peer);
    if (!peer.hasLeft() || before != null) {
      boolean isNews =
          before == null
              || peer.hasLeft()
              || before.silentMillis() >= Lease.KEPT_MILLIS
              || !before.value().equals(peer.value());
      if (isNews) {
        onChange.accept(peer);
      }
    }
  }

  /** Not periodically: after we were stopped, all that was left out would come at once. */
  private void tickLater() {
    timer = link.vertx().setTimer(TICK_MILLIS, due -> tick());
  }

  private void tick() {
    tickLater();
    if (heard.getAsBoolean()) {
      peers.replaceAll((key, peer) -> peer.silentFor(peer.silentMillis() + TICK_MILLIS));
      peers.values().removeIf(peer -> peer.silentMillis() > FORGOTTEN_MILLIS);
    }
  }
}
