package dev.toxserver.server;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.server.delivery.RunOwner;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Has a run's scheduler decide what becomes of it.
 *
 * @param onOutcome takes its results and its exit
 */
record Owner(Run run, Scheduler scheduler, BiConsumer<Run, RunEvent.Sequenced> onOutcome)
    implements RunOwner {
  @Override
  public void taken(long seq) {
    scheduler.taken(run, seq);
  }

  @Override
  public Optional<RunEvent.Exit> end(RunEvent.Exit exit) {
    return scheduler.end(run, exit);
  }

  @Override
  public void came(RunEvent.Sequenced outcome) {
    onOutcome.accept(run, outcome);
  }
}
