package dev.toxserver.cli;

import dev.toxserver.agent.mcp.InputLines;
import dev.toxserver.client.console.StandardInput;
import dev.toxserver.config.StandardStream;

/** Hands an agent's messages on to the main thread, no faster than it takes the answers. */
final class McpInput {
  private final InputLines lines;
  private final StandardStream out;
  private final Turns turns;
  private final StandardInput input;

  /**
   * Reads nothing yet.
   *
   * @param lines takes what comes, on the main thread
   * @param out where the answers go
   * @param onEnd is told the end of the input, on a thread of its own
   */
  McpInput(InputLines lines, StandardStream out, Turns turns, Runnable onEnd) {
    this.lines = lines;
    this.out = out;
    this.turns = turns;
    input = new StandardInput(StandardInput.ofProcess(), this::came, onEnd);
  }

  void begin() {
    input.more();
  }

  private void came(byte[] piece) {
    turns.execute(
        () -> {
          lines.take(piece);
          out.onDrained(input::more);
        });
  }
}
