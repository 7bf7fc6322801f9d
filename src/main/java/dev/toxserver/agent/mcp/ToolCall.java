package dev.toxserver.agent.mcp;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;

/** What an agent can ask for. {@link Tools} knows how it is written. */
public sealed interface ToolCall {

  /** Begin a run, and wait for its end for at most so many seconds. */
  sealed interface Begin extends ToolCall {
    /** At most {@link Tools#MOST_WAIT}. */
    int waitSeconds();
  }

  /** Run tox with these arguments, where a runner has these labels. */
  record Run(List<String> args, Labels on, int waitSeconds) implements Begin {}

  /** Run a program, if the token may. */
  record Exec(List<String> command, Labels on, int waitSeconds) implements Begin {}

  /** Do again what a run did, or what failed in it. */
  record Rerun(RunId id, boolean failed, int waitSeconds) implements Begin {}

  /** Wait for the end of a run. */
  record Wait(RunId id, int waitSeconds) implements ToolCall {}

  /**
   * Tell which runs there are; or of one, or of a matrix.
   *
   * @param from the first line to tell, from 1
   */
  record Status(Optional<RunId> id, int from) implements ToolCall {}

  /**
   * Tell what came of a run's environments and tests.
   *
   * @param from the first line to tell, from 1
   */
  record Results(RunId id, int from) implements ToolCall {}

  /** Show a part of what a run has printed. */
  record Logs(RunId id, LogPart part) implements ToolCall {}

  /** End a run. */
  record Cancel(RunId id) implements ToolCall {}
}
