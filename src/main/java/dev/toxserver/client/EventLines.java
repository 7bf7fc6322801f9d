package dev.toxserver.client;

import dev.toxserver.config.StandardStream;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * A run told to a program, a line of JSON for each answer and each event: what the server says of
 * it, as the server says it (docs/events.md). Loaded only where somebody wants it.
 */
public final class EventLines {
  /** Of the form of the lines; one that breaks their readers is another. */
  private static final int VERSION = 1;

  private final StandardStream target;
  private final Function<JsonObject, String> form;

  /**
   * Tells nothing yet.
   *
   * @param form makes one line of an object
   */
  public EventLines(StandardStream target, Function<JsonObject, String> form) {
    this.target = target;
    this.form = form;
  }

  /** The server has taken a run on. */
  public void accepted(JsonObject answer) {
    answer("accepted", answer);
  }

  /** The server has found a run that was attached to; again whenever the connection was lost. */
  void attached(JsonObject answer) {
    answer("attached", answer);
  }

  /** Something has happened to it. */
  void event(JsonObject event) {
    target.writeLine(form.apply(event));
  }

  private void answer(String type, JsonObject answer) {
    event(new JsonObject().put("type", type).put("version", VERSION).mergeIn(answer));
  }
}
