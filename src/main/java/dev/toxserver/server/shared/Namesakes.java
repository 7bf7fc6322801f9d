package dev.toxserver.server.shared;

import dev.toxserver.nats.Peers.Peer;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunnerJoin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Of runners that have one name, the one that was started last. They write over each other's lease:
 * so what stands there when one of them asks may be its own word, each time, since all ask and
 * write every so many seconds. Belongs to the server's context.
 */
final class Namesakes {
  /** Who was heard within this lives, for all that is known. */
  private static final long LIVING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Leases leases;

  /** By their leases, of those that have said something new of late; about in that order. */
  private final Map<String, Heard> youngest = new LinkedHashMap<>();

  private record Heard(String session, long nanos) {
    boolean isLiving() {
      return System.nanoTime() - nanos < LIVING_NANOS;
    }

    boolean isYoungerThan(String other) {
      return isLiving() && session.compareTo(other) > 0;
    }
  }

  /** Nobody was heard yet. */
  Namesakes(Leases leases) {
    this.leases = leases;
  }

  /** A peer has come, said something new, or left: as long as two have a name, each word is new. */
  void heard(Peer peer) {
    Heard before = youngest.remove(peer.key());
    leases
        .runner(peer)
        .map(join -> new Heard(join.session(), System.nanoTime()))
        .ifPresent(
            now ->
                youngest.put(
                    peer.key(),
                    before != null && before.isYoungerThan(now.session()) ? before : now));
    forget();
  }

  private void forget() {
    Iterator<Heard> oldest = youngest.values().iterator();
    while (oldest.hasNext() && !oldest.next().isLiving()) {
      oldest.remove();
    }
  }

  /** Whether a runner that lives was started later with the same name. */
  boolean hasYounger(RunnerJoin join) {
    Heard heard = youngest.get(NatsSubjects.lease(join.name()));
    return heard != null && heard.isYoungerThan(join.session());
  }
}
