package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that there is room for the output of runs, without which none could even end: when
 * there is little left, the output of the runs that were asked for first and have ended is deleted.
 * Their facts stay, as when output grows too old. Belongs to the server's context.
 */
final class Room implements Sweeper.Chore {
  private static final int EVERY_TICKS = 3;
  private static final int AT_ONCE = 10;
  private static final double FULL = 0.9;

  private final NatsLink link;
  private final Facts facts;
  private final Forgetting.Store store;

  /** Those whose output was deleted, as long as they are known. */
  private final Set<Life> emptied = new HashSet<>();

  private int ticks;

  Room(NatsLink link, Facts facts, Forgetting.Store store) {
    this.link = link;
    this.facts = facts;
    this.store = store;
  }

  @Override
  public void tick(boolean acts) {
    if (acts && ticks++ % EVERY_TICKS == 0) {
      link.administer("STREAM.INFO." + NatsSubjects.OUTPUT_STREAM, new JsonObject())
          .onSuccess(info -> look(info.getJsonObject("state"), info.getJsonObject("config")));
    }
  }

  private void look(JsonObject state, JsonObject config) {
    if (isFull(state.getLong("bytes"), config.getLong("max_bytes"))
        || isFull(state.getLong("messages"), config.getLong("max_msgs"))) {
      emptied.removeIf(life -> facts.find(life).isEmpty());
      oldest().forEach(this::empty);
    }
  }

  private static boolean isFull(long there, long most) {
    return most > 0 && there > FULL * most;
  }

  private List<RunFacts> oldest() {
    return facts.oldestFirst().stream()
        .filter(run -> run.state() == RunFacts.State.ENDED && !emptied.contains(run.life()))
        .limit(AT_ONCE)
        .toList();
  }

  private void empty(RunFacts run) {
    store.removeOutput(run).onSuccess(gone -> emptied.add(run.life()));
  }
}
