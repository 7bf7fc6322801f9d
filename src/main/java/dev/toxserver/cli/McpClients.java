package dev.toxserver.cli;

import dev.toxserver.agent.mcp.ToolCall;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Landmark;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.UserSide;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The requests that an agent's calls make, each over a connection of its own. Where the server is,
 * and the token, is looked up each time: it may have been started again, at another port. All calls
 * are on the main thread.
 */
final class McpClients {
  private final Settings settings;
  private final Environment environment;
  private final Turns turns;

  private Optional<Clients> clients = Optional.empty();
  private int tickSeconds;
  private Runnable tick;

  McpClients(Settings settings, Environment environment, Turns turns) {
    this.settings = settings;
    this.environment = environment;
    this.turns = turns;
  }

  /** Does something every so many seconds, from the first request on. */
  void every(int seconds, Runnable task) {
    tickSeconds = seconds;
    tick = task;
  }

  /**
   * Begins one.
   *
   * @param ended takes how it ended, on the main thread
   * @return ends it at once; its run goes on
   * @throws InvalidSettingException if it is not known where the server is
   */
  Runnable begin(Request request, Terminal terminal, Consumer<Outcome> ended) {
    ClientSession session = session();
    if (clients.isEmpty()) {
      Clients first = new Clients(session, turns);
      first.every(tickSeconds * 1_000L, tick);
      clients = Optional.of(first);
    }
    return clients.get().begin(session.client(request, terminal), ended);
  }

  /**
   * Does something later.
   *
   * @return takes that back
   */
  Runnable after(int seconds, Runnable task) {
    return clients.orElseThrow().after(seconds * 1_000L, task);
  }

  /** Nothing more is begun or heard. */
  void close() {
    clients.ifPresent(Clients::close);
  }

  /** The run that a call asks for: detached, with nothing of the agent's own surroundings. */
  Request.Run run(ToolCall.Begin call) {
    if (call instanceof ToolCall.Rerun again) {
      return run(new Invocation(List.of()), Optional.of(again.id()), again.failed());
    }
    if (call instanceof ToolCall.Exec exec) {
      return run(invocation(exec.command(), true, exec.on()), Optional.empty(), false);
    }
    ToolCall.Run tox = (ToolCall.Run) call;
    return run(invocation(tox.args(), false, tox.on()), Optional.empty(), false);
  }

  /** How the agent sees the files that a run names. */
  ProjectPaths paths() {
    return OutputPaths.project(settings, environment);
  }

  private Invocation invocation(List<String> args, boolean exec, Labels on) {
    return new Invocation(args, Landmark.startFolder(settings, environment), exec).on(on);
  }

  private Request.Run run(Invocation invocation, Optional<RunId> again, boolean failed) {
    return new Request.Run(
        RunId.random(),
        invocation,
        session().timeout(),
        true,
        again,
        new UserSide(Optional.empty(), false, Optional.of(Map.of())),
        Optional.empty(),
        failed,
        OptionalInt.empty(),
        Optional.empty(),
        false);
  }

  private ClientSession session() {
    Terminal silent = new Terminal(StandardStream.err(), StandardStream.err(), false, false);
    return ClientSession.of(McpCommand.NAME, settings, environment, silent);
  }
}
