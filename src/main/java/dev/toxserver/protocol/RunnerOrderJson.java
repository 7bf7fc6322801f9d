package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The one class that knows the JSON of every {@link RunnerOrder}. */
public final class RunnerOrderJson {
  private static final String PLACEMENT = "placement";

  private RunnerOrderJson() {}

  /** The body to send to the order's address, one of {@link RunnerAddresses}. */
  public static JsonObject encode(RunnerOrder order) {
    if (order instanceof RunnerOrder.Start start) {
      JsonObject run = RequestJson.encode(start.request());
      // A runner has no use for it.
      Cell.removeFrom(run);
      JsonObject body = new JsonObject().put("run", run).put("nextSeq", start.nextSeq());
      start.placement().ifPresent(name -> body.put(PLACEMENT, name));
      start.trace().ifPresent(span -> span.writeTo(body));
      return body;
    }
    if (order instanceof RunnerOrder.Acknowledge acknowledge) {
      return of(acknowledge.id(), acknowledge.placement()).put("seq", acknowledge.seq());
    }
    if (order instanceof RunnerOrder.Input input) {
      return in(input.placement(), RequestJson.encode(input.request()));
    }
    if (order instanceof RunnerOrder.Resize resize) {
      return in(resize.placement(), RequestJson.encode(resize.request()));
    }
    RunnerOrder.Cancel cancel = (RunnerOrder.Cancel) order;
    return of(cancel.id(), cancel.placement());
  }

  private static JsonObject of(RunId run, Optional<String> placement) {
    return in(placement, new JsonObject().put("id", run.value()));
  }

  private static JsonObject in(Optional<String> placement, JsonObject body) {
    placement.ifPresent(name -> body.put(PLACEMENT, name));
    return body;
  }

  /**
   * Reads the body of a start.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerOrder.Start decodeStart(Object body) {
    Fields fields = Fields.of(body);
    return new RunnerOrder.Start(
        RequestJson.decodeRun(fields.object().getValue("run")),
        fields.count("nextSeq"),
        fields.optionalText(PLACEMENT),
        TraceContext.of(fields));
  }

  /**
   * Reads the body of a cancel.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerOrder.Cancel decodeCancel(Object body) {
    Fields fields = Fields.of(body);
    return new RunnerOrder.Cancel(new RunId(fields.text("id")), fields.optionalText(PLACEMENT));
  }

  /**
   * Reads the body of an acknowledgement.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerOrder.Acknowledge decodeAcknowledge(Object body) {
    Fields fields = Fields.of(body);
    return new RunnerOrder.Acknowledge(
        new RunId(fields.text("id")), fields.count("seq"), fields.optionalText(PLACEMENT));
  }

  /**
   * Reads the body of an input.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerOrder.Input decodeInput(Object body) {
    return new RunnerOrder.Input(
        RequestJson.decodeInput(body), Fields.of(body).optionalText(PLACEMENT));
  }

  /**
   * Reads the body of a resize.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerOrder.Resize decodeResize(Object body) {
    return new RunnerOrder.Resize(
        RequestJson.decodeResize(body), Fields.of(body).optionalText(PLACEMENT));
  }
}
