package dev.toxserver.server;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.Usual;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long runs usually take: the median of those of the same invocation that have passed. Looked
 * up in one pass over the history for all of them.
 */
final class Usuals {
  private final Map<Invocation, List<Long>> millis = new HashMap<>();

  Usuals(List<RunLog> history) {
    for (RunLog log : history) {
      RunRecord run = log.record();
      if (run.state() == RunState.PASSED) {
        run.exit()
            .flatMap(RunEvent.Exit::durationMillis)
            .ifPresent(
                duration ->
                    millis
                        .computeIfAbsent(run.invocation(), key -> new ArrayList<>())
                        .add(duration));
      }
    }
    millis.values().forEach(Collections::sort);
  }

  /** That of one invocation, if any run of it has passed. */
  Optional<Usual> of(Invocation invocation) {
    List<Long> known = millis.getOrDefault(invocation, List.of());
    int runs = known.size();
    return runs == 0
        ? Optional.empty()
        : Optional.of(new Usual((known.get((runs - 1) / 2) + known.get(runs / 2)) / 2, runs));
  }
}
