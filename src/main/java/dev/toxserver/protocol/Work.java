package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A run that waits for a runner, as runners pull it over NATS. It is a ticket: that it comes to
 * somebody says nothing of the run, and that it comes twice does no harm.
 *
 * @param request with the values of its variables, which are in no fact
 * @param generation which of the runs that have had this id it is
 * @param nonce tells it from a run that was asked for with the same id at the same moment
 * @param trace the run's span, if the hub that was asked makes spans
 * @param asked the fact that the run was asked for: a hub that sees the ticket and not the fact
 *     makes that
 */
public record Work(
    Request.Run request,
    int generation,
    String nonce,
    Optional<TraceContext> trace,
    JsonObject asked) {

  /** Whose ticket it is. */
  public Life life() {
    return new Life(request.id(), generation);
  }

  /** The ticket's text. */
  public JsonObject toJson() {
    JsonObject body =
        new JsonObject()
            .put("run", RequestJson.encode(request))
            .put("generation", generation)
            .put("nonce", nonce)
            .put("asked", asked);
    trace.ifPresent(span -> span.writeTo(body));
    return body;
  }

  /**
   * Reads it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Work decode(Object body) {
    Fields fields = Fields.of(body);
    return new Work(
        RequestJson.decodeRun(fields.object().getValue("run")),
        fields.smallCount("generation"),
        fields.text("nonce"),
        TraceContext.of(fields),
        fields.nested("asked").object());
  }

  /** What its runner starts, once a hub has granted it. */
  public RunnerOrder.Start start(HubReply.Granted granted) {
    return new RunnerOrder.Start(request, granted.nextSeq())
        .placedAs(granted.placement())
        .within(trace);
  }
}
