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
          if (outcome instanceof Outcome.Exited exited) {
            String digest = Digest.of(run, outcome, terminal.output(), clients.paths());
            answer(exec && exited.exit().isGood() ? digest + McpWords.end(terminal) : digest);
          } else if (terminal.run().isPresent() && outcome instanceof Outcome.Terminated) {
            answer(McpWords.goesOn(run, terminal));
          } else {
            fail(outcome);
          }
        });
    within(Math.max(1, seconds));
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
  public void noServer(String address, String reason) {
    turns.execute(() -> fail(McpWords.noServer(address, reason)));
  }

  @Override
  public void enough() {
    turns.execute(() -> leave.run());
  }

  private void fail(Outcome outcome) {
    fail(outcome.why().orElse(McpWords.SILENT));
  }

  private void fail(String why) {
    answer(ToolResult.error(Text.shown(why)));
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
