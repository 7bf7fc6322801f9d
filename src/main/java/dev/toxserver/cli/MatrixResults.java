package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a matrix, put together of what came of its runs. Of a run of which the server has
 * collected nothing, its state says how its environment ended.
 */
final class MatrixResults {
  private final JsonArray answers = new JsonArray();
  private final List<EnvironmentResult> environments = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private boolean complete = true;

  /**
   * Asks for those of each run; blocks.
   *
   * @return what ended it early, if the user or the server did
   */
  Optional<Outcome> ask(List<RunStatus> runs, Succession succession) {
    for (RunStatus run : runs) {
      Optional<Outcome> obstacle = ask(run, succession);
      if (obstacle.isPresent()) {
        return obstacle;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> ask(RunStatus run, Succession succession) {
    if (!run.state().isOver()) {
      complete = false;
      notices.add(KnownMatrix.environment(run) + " has not ended yet");
      return Optional.empty();
    }
    Outcome outcome = succession.carryOut(new Request.Results(run.id()));
    if (outcome instanceof Outcome.Answered answered) {
      try {
        add(run, ReplyJson.decodeResults(answered.body()), answered.body());
      } catch (MalformedException e) {
        return Optional.of(Question.broken(e));
      }
    } else if (outcome instanceof Outcome.Failed failed && failed.unknown()) {
      add(run);
    } else {
      return Optional.of(outcome);
    }
    return Optional.empty();
  }

  /** Whether all of its runs have ended. */
  boolean isComplete() {
    return complete;
  }

  /** All of it, as if it had been one run. */
  RunResults all() {
    return new RunResults(
        environments,
        notices.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notices)));
  }

  /** The server's answers, with the environment that each is of. */
  JsonObject json(RunStatus any) {
    return new JsonObject()
        .put("id", any.cell().orElseThrow().matrix().value())
        .put("runs", answers);
  }

  private void add(RunStatus run, Reply.Results reply, JsonObject answer) {
    answers.add(answer.put("environment", KnownMatrix.environment(run)));
    environments.addAll(reply.results().environments());
    reply
        .results()
        .notice()
        .ifPresent(notice -> notices.add(KnownMatrix.environment(run) + ": " + notice));
    tellUnfinished(run);
  }

  private void add(RunStatus run) {
    answers.add(
        new JsonObject()
            .put("id", run.id().value())
            .put("state", run.state().wireName())
            .put("environment", KnownMatrix.environment(run)));
    environments.add(
        new EnvironmentResult(
            KnownMatrix.environment(run),
            Optional.of(run.state() == RunState.PASSED),
            run.durationMillis(),
            Optional.empty(),
            List.of()));
    tellUnfinished(run);
  }

  private void tellUnfinished(RunStatus run) {
    if (run.state() == RunState.CANCELLED || run.state() == RunState.LOST) {
      notices.add(KnownMatrix.environment(run) + " was " + run.state().wireName());
    }
  }
}
