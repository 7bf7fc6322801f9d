package dev.toxserver.agent.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a tool's call comes to. It is text alone: clients that find structured content, too, show
 * the agent one of both, or it has to pay for both.
 *
 * @param isError whether the agent should do something else; a run that failed is no error
 */
public record ToolResult(String text, boolean isError) {
  /** What was asked for. */
  public static ToolResult of(String text) {
    return new ToolResult(text, false);
  }

  /** Why there is nothing, and what to do. */
  public static ToolResult error(String text) {
    return new ToolResult(text, true);
  }

  JsonObject toJson() {
    JsonObject content = new JsonObject().put("type", "text").put("text", text);
    JsonObject json = new JsonObject().put("content", new JsonArray().add(content));
    return isError ? json.put("isError", true) : json;
  }
}
