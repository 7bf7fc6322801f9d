package dev.toxserver.agent.mcp;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools that agents have, as tools.json tells them, and what is meant by a call of one. */
public final class Tools {
  /** The most seconds that a call waits for a run: agents give up after 60. */
  public static final int MOST_WAIT = 40;

  private static final int USUAL_CONTEXT = 2;

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  /** A call that can't be carried out as it is; its message tells the agent what is wrong. */
  static final class ArgumentException extends Exception {
    private static final long serialVersionUID = 1;

    private ArgumentException(String message) {
      super(message);
    }
  }

  /** Reads tools.json. */
  Tools() {
    try (InputStream in = Tools.class.getResourceAsStream("tools.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Object each : new JsonArray(text)) {
        Tool tool = new Tool((JsonObject) each);
        tools.put(tool.name(), tool);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that a token may call, as {@code tools/list} tells them. */
  JsonArray toJson(Scope may) {
    return new JsonArray(
        tools.values().stream()
            .filter(tool -> tool.needs().compareTo(may) <= 0)
            .map(Tool::definition)
            .toList());
  }

  /**
   * What is meant by a call.
   *
   * @throws RpcException if there is no such tool
   * @throws ArgumentException if it does not take these arguments
   */
  ToolCall read(String name, JsonObject arguments) throws RpcException, ArgumentException {
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new RpcException(RpcError.INVALID_PARAMS, "Unknown tool: " + Text.shown(name));
    }
    Optional<String> objection = tool.objection(arguments);
    if (objection.isPresent()) {
      throw new ArgumentException(Text.shown(objection.get()));
    }
    try {
      return read(name, Arguments.of(arguments));
    } catch (MalformedException e) {
      throw new ArgumentException(e.getMessage());
    }
  }

  private static ToolCall read(String name, Arguments given) {
    return switch (name) {
      case "run" -> new ToolCall.Run(given.texts("args"), given.on(), given.waitSeconds());
      case Tool.EXEC -> new ToolCall.Exec(given.command(), given.on(), given.waitSeconds());
      case "rerun" -> new ToolCall.Rerun(given.id(), !given.flag("all"), given.waitSeconds());
      case "wait" -> new ToolCall.Wait(given.id(), given.waitSeconds());
      case "status" -> new ToolCall.Status(given.optionalId(), given.number("from", 1));
      case "results" -> new ToolCall.Results(given.id(), given.number("from", 1));
      case "logs" -> new ToolCall.Logs(given.id(), given.part());
      default -> new ToolCall.Cancel(given.id());
    };
  }

  /** Arguments that were checked. */
  private record Arguments(JsonObject given) {
    /** What is null is left out. */
    static Arguments of(JsonObject given) {
      JsonObject there = new JsonObject();
      given.stream()
          .filter(each -> each.getValue() != null)
          .forEach(each -> there.put(each.getKey(), each.getValue()));
      return new Arguments(there);
    }

    RunId id() {
      return optionalId().orElse(RunId.LAST);
    }

    Optional<RunId> optionalId() {
      return Optional.ofNullable(given.getString("id")).map(RunId::new);
    }

    List<String> texts(String name) {
      return given.getJsonArray(name, new JsonArray()).stream().map(String.class::cast).toList();
    }

    List<String> command() {
      if (texts("command").isEmpty()) {
        throw new MalformedException("command", "must name a program");
      }
      return texts("command");
    }

    Labels on() {
      return new Labels(texts("on"));
    }

    int waitSeconds() {
      return number("wait", MOST_WAIT);
    }

    boolean flag(String name) {
      return given.getBoolean(name, false);
    }

    int number(String name, int otherwise) {
      return given.getInteger(name, otherwise);
    }

    LogPart part() {
      if (given.getString("search") != null) {
        return new LogPart.Search(
            given.getString("search"), number("from_line", 1), number("context", USUAL_CONTEXT));
      }
      if (given.getInteger("from_byte") != null) {
        return new LogPart.Bytes(number("from_byte", 0));
      }
      return given.getInteger("from_line") == null
          ? new LogPart.Last()
          : new LogPart.Lines(number("from_line", 1));
    }
  }
}
