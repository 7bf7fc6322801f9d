package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes requests that were kept in case their run is queued once more, and whose run has ended or
 * is unknown: whoever should have removed one may have died, or not been answered. Belongs to the
 * server's context.
 */
final class Unparking implements Sweeper.Chore {
  private static final int EVERY_TICKS = 10;
  private static final int AT_ONCE = 100;

  private final NatsLink link;
  private final Facts facts;

  /** Those for which there was no run at the last look: this hub may only have been behind. */
  private Set<String> before = Set.of();

  private int ticks;

  Unparking(NatsLink link, Facts facts) {
    this.link = link;
    this.facts = facts;
  }

  @Override
  public void tick(boolean acts) {
    if (acts && ticks++ % EVERY_TICKS == 0) {
      link.administer(
              "STREAM.INFO." + NatsSubjects.PARKED_STREAM,
              new JsonObject().put("subjects_filter", NatsSubjects.PARKED))
          .map(info -> info.getJsonObject("state").getJsonObject("subjects", new JsonObject()))
          .onSuccess(there -> look(there.fieldNames()));
    }
  }

  private void look(Set<String> there) {
    Set<String> left = new HashSet<>(there);
    facts.unfinished().forEach(run -> left.remove(NatsSubjects.parked(run.life())));
    left.stream().filter(before::contains).limit(AT_ONCE).forEach(this::purge);
    before = left;
  }

  private void purge(String parked) {
    link.administer(
        "STREAM.PURGE." + NatsSubjects.PARKED_STREAM, new JsonObject().put("filter", parked));
  }
}
