package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.matrix.Result;
import dev.toxserver.matrix.Takers;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.StatusRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Finds out, before anything is run, which environments a matrix has and whether each can be: asks
 * the server for its runners, and tox for its environments if the user names none. All calls are on
 * the main thread.
 */
final class MatrixPlan {
  private final Clients clients;
  private final Turns turns;
  private final Terminal terminal;
  private final MatrixRuns runs;
  private final MatrixChoices choices;
  private final Listener listener;

  /** Who takes what was found out: one of both is called, once. */
  interface Listener {
    /**
     * It can begin.
     *
     * @param chosen the environments to run, in tox's order, and what each needs
     * @param leftOut those that no runner can take
     */
    void planned(Map<String, Labels> chosen, List<Result> leftOut);

    /** It can't; why. */
    void failed(Outcome why);
  }

  /**
   * Asks nothing yet.
   *
   * @param terminal is told what has to be waited for
   */
  MatrixPlan(
      Clients clients,
      Turns turns,
      Terminal terminal,
      MatrixRuns runs,
      MatrixChoices choices,
      Listener listener) {
    this.clients = clients;
    this.turns = turns;
    this.terminal = terminal;
    this.runs = runs;
    this.choices = choices;
    this.listener = listener;
  }

  /**
   * Begins to ask.
   *
   * @param named the environments that the user names; if there are none, tox's own
   */
  void make(List<String> named) {
    clients.begin(
        new Request.Runners(),
        terminal,
        outcome ->
            answered(
                outcome,
                body -> choose(new Takers(ReplyJson.decodeRunners(body).runners()), named)));
  }

  private void answered(Outcome outcome, Consumer<JsonObject> then) {
    if (outcome instanceof Outcome.Answered answered) {
      try {
        then.accept(answered.body());
      } catch (MalformedException e) {
        fail("the server broke the protocol: " + e.getMessage());
      }
    } else {
      listener.failed(outcome);
    }
  }

  private void choose(Takers takers, List<String> named) {
    if (!named.isEmpty()) {
      share(takers, named);
      return;
    }
    ListedEnvironments listed = new ListedEnvironments(terminal);
    clients.begin(
        runs.listing(),
        new MatrixTerminal(turns, listed),
        outcome -> list(takers, listed, outcome));
  }

  private void list(Takers takers, ListedEnvironments listed, Outcome outcome) {
    if (outcome instanceof Outcome.Exited exited && !exited.exit().cancelled()) {
      try {
        share(takers, listed.names(exited));
      } catch (IllegalArgumentException e) {
        fail(e.getMessage());
      }
    } else {
      listener.failed(outcome instanceof Outcome.Exited ? new Outcome.Interrupted() : outcome);
    }
  }

  /** Goes on with all of them, or with this machine's part. */
  private void share(Takers takers, List<String> environments) {
    if (choices.part().isEmpty()) {
      check(takers, environments);
      return;
    }
    MatrixPart part = choices.part().get();
    Consumer<Map<String, Long>> split =
        usual -> check(takers, part.of(environments, usual, terminal::say));
    part.durations()
        .ifPresentOrElse(
            split,
            () ->
                clients.begin(
                    new StatusRequest(Optional.empty()),
                    terminal,
                    outcome -> answered(outcome, body -> split.accept(MatrixPart.told(body)))));
  }

  private void check(Takers takers, List<String> environments) {
    Map<String, Labels> chosen = new LinkedHashMap<>();
    Map<String, Labels> missing = new LinkedHashMap<>();
    for (String environment : environments) {
      Labels need = Takers.need(environment, runs.on());
      (takers.canTake(need) ? chosen : missing).put(environment, need);
    }
    if (missing.isEmpty() || choices.skipMissing()) {
      listener.planned(chosen, leftOut(missing));
    } else {
      fail("tox-server: " + takers.problem(missing));
    }
  }

  private static List<Result> leftOut(Map<String, Labels> missing) {
    List<Result> results = new ArrayList<>();
    missing.forEach(
        (name, need) ->
            results.add(
                new Result(
                    name,
                    "-",
                    Result.Kind.SKIPPED,
                    ExitCode.ERROR.number(),
                    OptionalLong.empty(),
                    "no runner has " + need)));
    return results;
  }

  private void fail(String why) {
    listener.failed(new Outcome.Failed(why));
  }
}
