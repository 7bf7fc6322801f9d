package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Scope;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the agent's token may, as the server says: in time, whatever that does. All calls are on the
 * main thread.
 */
final class McpScope implements McpTerminal.Listener {
  /** An agent that starts waits for its tools. */
  private static final int ANSWER_SECONDS = 2;

  private final McpClients clients;
  private final Turns turns;
  private final Consumer<Scope> done;

  private Runnable leave = () -> {};
  private Runnable forget = () -> {};
  private boolean over;

  /**
   * Asks nothing yet.
   *
   * @param done takes it, once: all, where nobody can tell
   */
  McpScope(McpClients clients, Turns turns, Consumer<Scope> done) {
    this.clients = clients;
    this.turns = turns;
    this.done = done;
  }

  /** Asks; what ends it without an answer. */
  Runnable ask() {
    try {
      leave =
          clients.begin(
              new Request.Ping(),
              new McpTerminal(Optional.empty(), this),
              outcome -> told(scope(outcome)));
      forget = clients.after(ANSWER_SECONDS, () -> told(Scope.ALL));
    } catch (InvalidSettingException e) {
      told(Scope.ALL);
    }
    return this::end;
  }

  private static Scope scope(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed && failed.code() == ErrorCode.FORBIDDEN.number()) {
      return Scope.READ; // A link to a run may not even ask.
    }
    if (outcome instanceof Outcome.Answered answered
        && answered.body().getValue("may") instanceof String may) {
      try {
        return Scope.fromWire(may);
      } catch (MalformedException e) {
        return Scope.ALL; // One of a later server's.
      }
    }
    return Scope.ALL;
  }

  private void told(Scope may) {
    if (!over) {
      end();
      done.accept(may);
    }
  }

  private void end() {
    over = true;
    forget.run();
    leave.run();
  }

  @Override
  public void sent() {}

  @Override
  public void noServer(String address, String reason) {
    turns.execute(() -> told(Scope.ALL));
  }

  @Override
  public void enough() {}
}
