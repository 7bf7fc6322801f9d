package dev.toxserver.cli;

import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import java.util.Optional;

/**
 * One environment of a matrix, and how its run is come by: a {@link Request.Run} begins it, a
 * {@link Request.Attach} follows one that there is.
 *
 * @param environment its name, for people
 * @param id the run's, for people who ask for more of it
 * @param runsOn the runner where it runs already, if it does
 */
record EnvironmentRun(String environment, RunId id, Request request, Optional<String> runsOn) {
  /** One that does not run yet. */
  EnvironmentRun(String environment, RunId id, Request request) {
    this(environment, id, request, Optional.empty());
  }
}
