package dev.toxserver.cli;

import dev.toxserver.agent.Digest;
import dev.toxserver.agent.mcp.LogPicker;
import dev.toxserver.agent.mcp.Text;
import dev.toxserver.agent.mcp.ToolCall;
import dev.toxserver.agent.mcp.ToolResult;
import dev.toxserver.agent.mcp.Tools;
import dev.toxserver.client.Outcome;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One call of a tool, until it is answered: in time, whatever the server does. What it has begun on
 * the server outlives it. All calls are on the main thread.
 */
final class McpCall implements McpTerminal.Listener {
  /** For the answer to a question; with the longest wait, less than agents give a call. */
  private static final int ANSWER_SECONDS = 8;

  private final McpClients clients;
  private final Turns turns;
  private final Consumer<ToolResult> done;

  private Runnable leave = () -> {};
  private Runnable forget = () -> {};
  private boolean over;

  /** The run that was asked for, unless the server has refused it. */
  private Optional<RunId> wanted = Optional.empty();

  private int timesSent;

  /**
   * Does nothing yet.
   *
   * @param done takes the answer, once
   */
  McpCall(McpClients clients, Turns turns, Consumer<ToolResult> done) {
    this.clients = clients;
    this.turns = turns;
    this.done = done;
  }

  /** Begins; what ends it without an answer. */
  Runnable begin(ToolCall call) {
    attempt(() -> carryOut(call));
    return this::end;
  }

  /** What goes wrong in a step ends this call, and no other. */
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (InvalidSettingException e) {
      fail(e.getMessage());
    } catch (MalformedException | ClassCastException e) {
      fail("The server broke the protocol: " + e.getMessage());
    } catch (RuntimeException e) {
      fail(Text.fault(e));
    }
  }

  private void carryOut(ToolCall call) {
    if (call instanceof ToolCall.Begin run) {
      begin(run, clients.run(run));
    } else if (call instanceof ToolCall.Wait wait) {
      follow(wait.id(), wait.waitSeconds(), false);
    } else if (call instanceof ToolCall.Status status) {
      ask(new StatusRequest(status.id()), body -> answer(McpWords.runs(body, status.from())));
    } else if (call instanceof ToolCall.Results results) {
      ask(
          new Request.Results(results.id()),
          body -> answer(McpWords.results(body, results.from())));
    } else if (call instanceof ToolCall.Logs logs) {
      read(logs.id(), logs.part().picker());
    } else if (call instanceof ToolCall.Cancel cancel) {
      ask(
          new Request.CancelRun(cancel.id()),
          body -> answer(McpWords.cancelled(cancel.id(), body)));
    }
  }

  private void begin(ToolCall.Begin call, Request.Run run) {
    wanted = Optional.of(run.id());
    ask(
        run,
        accepted -> {
          if (call.waitSeconds() == 0) {
            answer(McpWords.begun(run, accepted));
          } else {
            follow(run.id(), call.waitSeconds(), call instanceof ToolCall.Exec);
          }
        });
  }

  private void ask(Request request, Consumer<JsonObject> then) {
    enter(
        request,
        new McpTerminal(Optional.empty(), this),
        outcome -> {
          if (outcome instanceof Outcome.Answered answered) {
            then.accept(answered.body());
          } else {
            // If it was sent twice, since the connection was lost, the first may have come.
            if (timesSent < 2 && outcome instanceof Outcome.Failed failed && failed.isRefusal()) {
              wanted = Optional.empty();
            }
            fail(outcome);
          }
        });
    within(ANSWER_SECONDS);
  }

  private void follow(RunId id, int seconds, boolean exec) {
    McpTerminal terminal = new McpTerminal(Optional.empty(), this);
    enter(
        new Request.Attach(id, Optional.of(0L), true),
        terminal,
        outcome -> {
          RunId run = terminal.run().orElse(id);
          if (terminal.run().isEmpty() && !(outcome instanceof Outcome.Exited)) {
            fail(outcome);
          } else if (outcome instanceof Outcome.Terminated) {
            answer(McpWords.goesOn(run, terminal));
          } else {
            String digest = Digest.of(run, outcome, terminal.output(), clients.paths());
            answer(exec && isGood(outcome) ? digest + McpWords.end(terminal) : digest);
          }
        });
    within(Math.max(1, seconds));
  }

  private static boolean isGood(Outcome outcome) {
    return outcome instanceof Outcome.Exited exited && exited.exit().isGood();
  }

  private void read(RunId id, LogPicker picker) {
    McpTerminal terminal = new McpTerminal(Optional.of(picker), this);
    enter(
        new Request.Attach(id, Optional.of(0L), false),
        terminal,
        outcome -> {
          boolean read = picker.isFull() || !(outcome instanceof Outcome.Terminated);
          if (read && outcome.why().isEmpty()) {
            answer(picker.text() + terminal.said().map(McpWords::note).orElse(""));
          } else {
            fail(outcome);
          }
        });
    within(Tools.MOST_WAIT);
  }

  private void enter(Request request, McpTerminal terminal, Consumer<Outcome> ended) {
    forget.run();
    leave =
        clients.begin(
            request,
            terminal,
            outcome -> {
              if (!over) {
                attempt(() -> ended.accept(outcome));
              }
            });
  }

  private void within(int seconds) {
    forget = clients.after(seconds, () -> leave.run());
  }

  @Override
  public void sent() {
    turns.execute(() -> timesSent++);
  }

  @Override
  public void noServer(String address, String reason) {
    turns.execute(() -> fail(McpWords.noServer(address, reason) + again()));
  }

  @Override
  public void enough() {
    turns.execute(() -> leave.run());
  }

  private void fail(Outcome outcome) {
    fail(outcome.why().orElseGet(() -> McpWords.SILENT + again()));
  }

  private void fail(String why) {
    String run = mayHaveBegun().map(McpWords::mayHaveBegun).orElse("");
    answer(ToolResult.error(Text.shown(why) + run));
  }

  private String again() {
    return mayHaveBegun().isPresent() ? "" : McpWords.AGAIN;
  }

  private Optional<RunId> mayHaveBegun() {
    return wanted.filter(run -> timesSent > 0);
  }

  private void answer(String text) {
    answer(ToolResult.of(text.stripTrailing()));
  }

  private void answer(ToolResult result) {
    if (!over) {
      end();
      done.accept(result);
    }
  }

  private void end() {
    over = true;
    forget.run();
    leave.run();
  }
}
