package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The one class that knows the JSON of every {@link Request}. */
public final class RequestJson {
  private static final Set<String> COMMANDS = Set.of("run", "ping", "cancel", "quit");

  private RequestJson() {}

  /** The body to send to {@link Request#address}. */
  public static JsonObject encode(Request request) {
    JsonObject body = new JsonObject();
    if (request instanceof Request.Run run) {
      return RunRequestJson.encode(run);
    } else if (request instanceof TokenRequest token) {
      return TokenJson.encode(token);
    } else if (request instanceof InputRequest input) {
      body.put("id", input.id().value()).put("offset", input.offset());
      if (input.data().length > 0 || !input.end()) {
        body.put("data", Fields.base64(input.data()));
      }
      if (input.end()) {
        body.put("end", true);
      }
    } else if (request instanceof Request.Resize resize) {
      resize.size().writeTo(body.put("id", resize.id().value()));
    } else if (request instanceof Request.CancelRun cancel) {
      body.put("id", cancel.id().value());
    } else if (request instanceof Request.CancelCommand cancel) {
      body.put("command", cancel.target());
    } else if (request instanceof Request.Attach attach) {
      body.put("id", attach.id().value()).put("follow", attach.follow());
      attach.from().ifPresent(seq -> body.put("from", seq));
      if (attach.role() == Role.TAKER) {
        body.put("take", true);
      } else if (attach.role() == Role.REQUESTER) {
        body.put("requester", true);
        if (attach.hold() > 0) {
          body.put("hold", attach.hold());
        }
      }
    } else if (request instanceof Request.Acknowledge acknowledge) {
      body.put("id", acknowledge.id().value()).put("seq", acknowledge.seq());
    } else if (request instanceof Request.Results results) {
      body.put("id", results.id().value());
    } else if (request instanceof StatusRequest status) {
      status.id().ifPresent(id -> body.put("id", id.value()));
      if (status.alike()) {
        body.put("alike", true);
      }
      status.tree().ifPresent(tree -> body.put("tree", tree.id()));
      status.afterMillis().ifPresent(after -> body.put("after", BigDecimal.valueOf(after, 3)));
    }
    return body;
  }

  /**
   * Reads the body of a {@code tox.run}.
   *
   * @param body whatever the client sent: null, text, a number, an array, or what it should be
   * @throws MalformedException naming the field that is wrong
   */
  public static Request.Run decodeRun(Object body) {
    return RunRequestJson.decode(body);
  }

  /**
   * Reads the body of a {@code tox.input}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static InputRequest decodeInput(Object body) {
    Fields fields = Fields.of(body);
    RunId id = new RunId(fields.text("id"));
    boolean end = fields.flag("end", false);
    byte[] data = end && !fields.has("data") ? new byte[0] : data(fields);
    return new InputRequest(id, fields.count("offset"), data, end);
  }

  private static byte[] data(Fields input) {
    byte[] data = input.bytes("data");
    if (data.length > InputRequest.MAX_BYTES) {
      throw new MalformedException(
          "data", data.length + " bytes are more than " + InputRequest.MAX_BYTES);
    }
    return data;
  }

  /**
   * Reads the body of a {@code tox.resize}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Request.Resize decodeResize(Object body) {
    Fields fields = Fields.of(body);
    return new Request.Resize(new RunId(fields.text("id")), TerminalSize.of(fields));
  }

  /**
   * Reads the body of a {@code tox.attach}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Request.Attach decodeAttach(Object body) {
    Fields fields = Fields.of(body);
    return new Request.Attach(
        new RunId(fields.text("id")),
        fields.has("from") ? Optional.of(fields.count("from")) : Optional.empty(),
        fields.flag("follow", true),
        role(fields),
        fields.has("hold") ? fields.count("hold") : 0);
  }

  private static Role role(Fields attach) {
    boolean requester = attach.flag("requester", false);
    if (attach.flag("take", false)) {
      if (requester) {
        throw new MalformedException("take", "is for another client than the requester");
      }
      return Role.TAKER;
    }
    return requester ? Role.REQUESTER : Role.ONLOOKER;
  }

  /**
   * Reads the body of a {@code tox.acknowledge}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Request.Acknowledge decodeAcknowledge(Object body) {
    Fields fields = Fields.of(body);
    return new Request.Acknowledge(new RunId(fields.text("id")), fields.count("seq"));
  }

  /**
   * Reads the body of a {@code tox.status}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static StatusRequest decodeStatus(Object body) {
    Fields fields = Fields.of(body);
    return new StatusRequest(
        fields.has("id") ? Optional.of(new RunId(fields.text("id"))) : Optional.empty(),
        fields.flag("alike", false),
        fields.tree(),
        fields.optionalMillis("after"));
  }

  /**
   * Reads the body of a {@code tox.results}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Request.Results decodeResults(Object body) {
    return new Request.Results(new RunId(Fields.of(body).text("id")));
  }

  /**
   * Reads the body of a {@code tox.cancel}: a run's id, or the command whose runs to end.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Request.Cancel decodeCancel(Object body) {
    Fields fields = Fields.of(body);
    if (fields.has("id")) {
      return new Request.CancelRun(new RunId(fields.text("id")));
    }
    if (!fields.has("command")) {
      throw new MalformedException("id", "is missing (or give \"command\": \"run\" for all runs)");
    }
    String target = fields.text("command").toLowerCase(Locale.ROOT);
    if (!COMMANDS.contains(target)) {
      throw new MalformedException(
          "command", "unknown command " + fields.text("command") + ", use run");
    }
    return new Request.CancelCommand(target);
  }

  /**
   * Reads the body of a {@code tox.ping} or {@code tox.quit}, which must be an object.
   *
   * @throws MalformedException naming the body
   */
  public static void decodeEmpty(Object body) {
    Fields.of(body);
  }
}
