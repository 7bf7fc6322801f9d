package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.matrix.Result;
import dev.toxserver.matrix.Takers;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
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
  /** The most environments that one matrix can have: each has a connection of its own. */
  private static final int MOST = 100;

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

    /** How the client has to end, if it has to: nothing more is asked, then. */
    default Optional<Outcome> leaving() {
      return Optional.empty();
    }

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
    ask(new Request.Runners(), terminal, outcome -> answered(outcome, named));
  }

  private void ask(Request request, Terminal own, Consumer<Outcome> then) {
    clients.begin(
        request,
        own,
        outcome ->
            listener.leaving().ifPresentOrElse(listener::failed, () -> then.accept(outcome)));
  }

  private void answered(Outcome outcome, List<String> named) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      listener.failed(outcome);
      return;
    }
    Takers takers;
    try {
      takers = new Takers(ReplyJson.decodeRunners(answered.body()).runners());
    } catch (MalformedException e) {
      listener.failed(Question.broken(e));
      return;
    }
    choose(takers, named);
  }

  private void choose(Takers takers, List<String> named) {
    if (!named.isEmpty()) {
      share(takers, named);
      return;
    }
    ListedEnvironments listed = new ListedEnvironments(terminal);
    ask(
        runs.listing(),
        new MatrixTerminal(turns, listed),
        outcome -> list(takers, listed, outcome));
  }

  private void list(Takers takers, ListedEnvironments listed, Outcome outcome) {
    if (!(outcome instanceof Outcome.Exited exited)) {
      listener.failed(outcome);
    } else if (exited.exit().cancelled()) {
      fail("tox-server: somebody has cancelled the question which environments there are");
    } else {
      List<String> names;
      try {
        names = listed.names(exited);
      } catch (IllegalArgumentException e) {
        fail(e.getMessage());
        return;
      }
      share(takers, names);
    }
  }

  /** Goes on with all of them, or with this machine's part. */
  private void share(Takers takers, List<String> environments) {
    List<String> ours =
        choices.part().map(part -> part.of(environments, terminal::say)).orElse(environments);
    if (ours.size() > MOST) {
      fail(
          "tox-server: a matrix has at most %d environments, and these are %d; --shard N/M runs a part of them"
              .formatted(MOST, ours.size()));
      return;
    }
    check(takers, ours);
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
