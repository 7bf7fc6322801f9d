package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that there is room for the output of runs, without which none could even end: when
 * there is little left, the output of the runs that have ended first is deleted. Their facts stay,
 * as when output grows too old. If none of those is left, the runs that have not ended keep less of
 * what is read: the longest logs lose their oldest. Belongs to the server's context.
 */
final class Room implements Sweeper.Chore {
  private static final int EVERY_TICKS = 3;
  private static final int AT_ONCE = 10;
  private static final double FULL = 0.9;

  /** With less than this, twice as much still is not too much. */
  private static final double ROOMY = 0.45;

  private final NatsLink link;
  private final Facts facts;
  private final Forgetting.Store store;
  private final Allowance allowance;

  /** Those whose output was deleted, as long as they are known. */
  private final Set<Life> emptied = new HashSet<>();

  private int ticks;
  private boolean full;

  Room(NatsLink link, Facts facts, Forgetting.Store store, Allowance allowance) {
    this.link = link;
    this.facts = facts;
    this.store = store;
    this.allowance = allowance;
  }

  @Override
  public void tick(boolean acts) {
    if (acts && (ticks++ % EVERY_TICKS == 0 || full)) {
      link.administer("STREAM.INFO." + NatsSubjects.OUTPUT_STREAM, new JsonObject())
          .onSuccess(info -> look(info.getJsonObject("state"), info.getJsonObject("config")));
    }
  }

  private void look(JsonObject state, JsonObject config) {
    long mostBytes = config.getLong("max_bytes");
    double used =
        Math.max(
            part(state.getLong("bytes"), mostBytes),
            part(state.getLong("messages"), config.getLong("max_msgs")));
    full = used > FULL;
    if (full) {
      emptied.removeIf(life -> facts.find(life).isEmpty());
      List<RunFacts> oldest = oldest();
      oldest.forEach(this::empty);
      if (oldest.isEmpty()) {
        allowance.less(mostBytes > 0 ? mostBytes : Long.MAX_VALUE);
      }
    } else if (used < ROOMY) {
      allowance.more();
    }
    allowance.tell();
  }

  private static double part(long there, long most) {
    return most > 0 ? (double) there / most : 0;
  }

  private List<RunFacts> oldest() {
    return facts.oldestFirst().stream()
        .filter(run -> run.state() == RunFacts.State.ENDED && !emptied.contains(run.life()))
        .sorted(Comparator.comparingLong(RunFacts::endRevision))
        .limit(AT_ONCE)
        .toList();
  }

  private void empty(RunFacts run) {
    store.removeOutput(run).onSuccess(gone -> emptied.add(run.life()));
  }
}
