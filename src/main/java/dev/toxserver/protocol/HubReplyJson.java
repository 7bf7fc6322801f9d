package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/** The one class that knows the JSON of every {@link HubReply}. */
public final class HubReplyJson {
  private static final String WORK = "work";
  private static final String KEPT = "kept";
  private static final String PLACEMENT = "placement";
  private static final String GONE = "gone";
  private static final String DONE = "done";

  /** As in the bridge's err frames. */
  private static final String CODE = "failureCode";

  private HubReplyJson() {}

  /** The body of the answer. */
  public static JsonObject encode(HubReply reply) {
    if (reply instanceof HubReply.Joined joined) {
      JsonObject body =
          new JsonObject()
              .put("over", ids(joined.over()))
              .put("cancelled", ids(joined.cancelled()))
              .put(WORK, new JsonArray(joined.work().stream().map(Labels::toJson).toList()));
      joined.keptBytes().ifPresent(bytes -> body.put(KEPT, bytes));
      return body;
    }
    if (reply instanceof HubReply.Granted granted) {
      return new JsonObject()
          .put(PLACEMENT, granted.placement())
          .put("nextSeq", granted.nextSeq())
          .put("cancelled", granted.cancelled());
    }
    if (reply instanceof HubReply.Refused refused) {
      return new JsonObject().put(CODE, refused.code()).put("message", refused.message());
    }
    return new JsonObject().put(reply instanceof HubReply.Gone ? GONE : DONE, true);
  }

  /**
   * Reads an answer.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static HubReply decode(Object body) {
    Fields fields = Fields.of(body);
    if (fields.has(CODE)) {
      return new HubReply.Refused(fields.smallCount(CODE), fields.text("message"));
    }
    if (fields.has(PLACEMENT)) {
      return new HubReply.Granted(
          fields.text(PLACEMENT), fields.count("nextSeq"), fields.flag("cancelled", false));
    }
    if (fields.has(GONE)) {
      return new HubReply.Gone();
    }
    if (fields.has(DONE)) {
      return new HubReply.Done();
    }
    return new HubReply.Joined(
        ids(fields.array("over")),
        ids(fields.array("cancelled")),
        work(fields.array(WORK)),
        fields.has(KEPT) ? OptionalLong.of(fields.count(KEPT)) : OptionalLong.empty());
  }

  private static JsonArray ids(List<RunId> runs) {
    return new JsonArray(runs.stream().map(RunId::value).toList());
  }

  private static List<RunId> ids(JsonArray runs) {
    return runs.stream().map(String::valueOf).map(RunId::new).toList();
  }

  private static List<Labels> work(JsonArray kinds) {
    return kinds.stream().map(kind -> Labels.of((JsonArray) kind)).toList();
  }
}
