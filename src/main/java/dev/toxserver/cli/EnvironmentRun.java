package dev.toxserver.cli;

import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;

/**
 * One environment of a matrix, and how its run is come by: a {@link Request.Run} begins it, a
 * {@link Request.Attach} follows one that there is.
 *
 * @param environment its name, for people
 * @param id the run's, for people who ask for more of it
 */
record EnvironmentRun(String environment, RunId id, Request request) {}
