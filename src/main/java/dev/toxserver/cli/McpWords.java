package dev.toxserver.cli;

import dev.toxserver.agent.PlainText;
import dev.toxserver.agent.mcp.LogPicker;
import dev.toxserver.agent.mcp.Text;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What agents are told, but for digests and parts of logs: few words, and how to go on. */
final class McpWords {
  static final String SILENT = "The server has not answered in time.";
  static final String AGAIN = " Call again.";

  private static final int STATUS_BYTES = 4_000;
  private static final int OUTPUT_BYTES = 3_000;

  private McpWords() {}

  static String noServer(String address, String reason) {
    return "There is no server at %s (%s). Have it started with 'tox-server serve'."
        .formatted(address, reason);
  }

  /** Behind what went wrong: the server may have a run all the same. */
  static String mayHaveBegun(RunId id) {
    return " Run %1$s may have begun; call wait with id %1$s.".formatted(id);
  }

  /** A run that is not waited for, by the server's answer. */
  static String begun(Request.Run run, JsonObject accepted) {
    return "Run " + run.id() + " is " + accepted.getString("state") + ". " + next(run.id());
  }

  /** A run whose end has not come in time. */
  static String goesOn(RunId id, McpTerminal terminal) {
    if (terminal.isOver()) {
      return "Run %1$s has ended, and its output is still being read: see status, or logs with id %1$s."
          .formatted(id);
    }
    List<String> lines = terminal.output().lines();
    String last = lines.isEmpty() ? "" : "\nIts last line: " + lines.get(lines.size() - 1);
    return "Run " + id + terminal.place().orElse(" goes on") + ". " + next(id) + last;
  }

  private static String next(RunId id) {
    return "Call wait with id " + id + ".";
  }

  /** How a run's output ends. */
  static String end(McpTerminal terminal) {
    return String.join("\n", PlainText.last(terminal.output().lines(), OUTPUT_BYTES));
  }

  /** Behind a part of a log: what the client or the server had to say of it. */
  static String note(String said) {
    return "\n(" + Text.shown(said) + ")";
  }

  /**
   * The server's runs.
   *
   * @param from the first line that is wanted
   * @throws MalformedException naming the field that is wrong
   */
  static String runs(JsonObject body, int from) {
    Reply.Status status = ReplyJson.decodeStatus(body);
    return Text.page(StatusTable.of(status.runs(), true).lines().toList(), from, STATUS_BYTES);
  }

  /**
   * What came of a run's environments, and what could not be read of it.
   *
   * @param from the first line that is wanted
   * @throws MalformedException naming the field that is wrong
   */
  static String results(JsonObject body, int from) {
    RunResults results = ReplyJson.decodeResults(body).results();
    List<String> lines = new ArrayList<>(ResultsText.of(results).lines().toList());
    results.notice().ifPresent(lines::add);
    return Text.page(lines, from, LogPicker.MOST_BYTES);
  }

  /**
   * A run that was to be ended.
   *
   * @throws MalformedException naming the field that is wrong
   */
  static String cancelled(RunId id, JsonObject body) {
    return ReplyJson.decodeCancelled(body).count() == 0
        ? "Run " + id + " had ended."
        : "Run " + id + " is being ended. " + next(id);
  }
}
