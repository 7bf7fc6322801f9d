package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Of a run that no other follows. */
record TestOwner(LongConsumer onTaken, Consumer<RunEvent.Sequenced> onOutcome) implements RunOwner {
  @Override
  public void taken(long seq) {
    onTaken.accept(seq);
  }

  @Override
  public Optional<RunEvent.Exit> end(RunEvent.Exit exit) {
    return Optional.of(exit);
  }

  @Override
  public void came(RunEvent.Sequenced outcome) {
    onOutcome.accept(outcome);
  }
}
