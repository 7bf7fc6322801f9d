package dev.toxserver.matrix;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.RunStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long environments usually take, as far as the server's runs tell. */
public final class UsualDurations {
  private static final String ENVIRONMENT = "-e";

  private UsualDurations() {}

  /**
   * Reads them from a status: of each environment, what is usual for its newest run of which that
   * is known, be it of a matrix or one with {@code -e}, this environment, and nothing else.
   *
   * @param runs the newest first
   * @return in milliseconds
   */
  public static Map<String, Long> of(List<RunStatus> runs) {
    Map<String, Long> usual = new HashMap<>();
    for (RunStatus run : runs) {
      if (run.usual().isPresent() && !run.exec()) {
        environment(run).ifPresent(name -> usual.putIfAbsent(name, run.usual().get().millis()));
      }
    }
    return usual;
  }

  private static Optional<String> environment(RunStatus run) {
    boolean named = run.args().size() == 2 && run.args().get(0).equals(ENVIRONMENT);
    return run.cell()
        .map(Cell::environment)
        .or(() -> named ? Optional.of(run.args().get(1)) : Optional.empty());
  }
}
