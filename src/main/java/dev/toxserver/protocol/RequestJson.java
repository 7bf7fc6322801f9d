package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
      body.put("id", run.id().value());
      run.rerun()
          .ifPresentOrElse(
              again -> body.put("rerun", again.value()),
              () -> body.put("args", new JsonArray(run.args())));
      run.invocation().folder().ifPresent(folder -> body.put("folder", folder));
      run.timeout().ifPresent(seconds -> body.put("timeout", seconds));
      if (run.detached()) {
        body.put("detach", true);
      }
    } else if (request instanceof Request.CancelRun cancel) {
      body.put("id", cancel.id().value());
    } else if (request instanceof Request.CancelCommand cancel) {
      body.put("command", cancel.target());
    } else if (request instanceof Request.Attach attach) {
      body.put("id", attach.id().value()).put("follow", attach.follow());
      attach.from().ifPresent(seq -> body.put("from", seq));
      if (attach.requester()) {
        body.put("requester", true);
      }
    } else if (request instanceof Request.Acknowledge acknowledge) {
      body.put("id", acknowledge.id().value()).put("seq", acknowledge.seq());
    } else if (request instanceof Request.Status status) {
      status.id().ifPresent(id -> body.put("id", id.value()));
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
    Fields fields = Fields.of(body);
    RunId id = new RunId(fields.text("id"));
    if (id.equals(RunId.LAST)) {
      throw new MalformedException("id", "last stands for the newest run and can't name one");
    }
    boolean again = fields.has("rerun");
    for (String field : List.of("args", "folder")) {
      if (again && fields.has(field)) {
        throw new MalformedException("rerun", "takes the place of " + field + "; give one of them");
      }
    }
    return new Request.Run(
        id,
        again
            ? new Invocation(List.of())
            : new Invocation(arguments(fields.array("args")), folder(fields)),
        timeout(fields),
        fields.flag("detach", false),
        again ? Optional.of(new RunId(fields.text("rerun"))) : Optional.empty());
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
        fields.flag("requester", false));
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
  public static Request.Status decodeStatus(Object body) {
    Fields fields = Fields.of(body);
    return new Request.Status(
        fields.has("id") ? Optional.of(new RunId(fields.text("id"))) : Optional.empty());
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

  private static List<String> arguments(JsonArray array) {
    if (array.size() > Invocation.MAX_ARGS) {
      throw new MalformedException(
          "args", array.size() + " arguments are more than " + Invocation.MAX_ARGS);
    }
    List<String> args = new ArrayList<>(array.size());
    long bytes = 0;
    for (Object element : array) {
      if (!(element instanceof String text)) {
        throw new MalformedException("args", "must hold nothing but strings");
      }
      checkText("args", text);
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      args.add(text);
    }
    if (bytes > Invocation.MAX_ARGS_BYTES) {
      throw new MalformedException(
          "args", bytes + " bytes are more than " + Invocation.MAX_ARGS_BYTES);
    }
    return args;
  }

  /** Whether a link leads out of the folder that is served, only the runner can tell. */
  private static Optional<String> folder(Fields fields) {
    if (!fields.has("folder")) {
      return Optional.empty();
    }
    String folder = fields.text("folder");
    if (folder.isEmpty() || folder.startsWith("/")) {
      throw new MalformedException("folder", "must be relative to the folder that is served");
    }
    if (List.of(folder.split("/")).contains("..")) {
      throw new MalformedException("folder", "must not lead out of the folder that is served");
    }
    checkText("folder", folder);
    if (folder.getBytes(StandardCharsets.UTF_8).length > Invocation.MAX_FOLDER_BYTES) {
      throw new MalformedException(
          "folder", "must have at most " + Invocation.MAX_FOLDER_BYTES + " bytes");
    }
    return Optional.of(folder);
  }

  private static void checkText(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new MalformedException(field, "no program can be given a NUL character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      // It would reach the program as a question mark.
      throw new MalformedException(field, "half a surrogate pair is no Unicode text");
    }
  }

  private static Optional<Double> timeout(Fields fields) {
    if (!fields.has("timeout")) {
      return Optional.empty();
    }
    double seconds = fields.number("timeout").doubleValue();
    if (!(seconds >= 0.01 && seconds <= 86_400)) {
      throw new MalformedException("timeout", "must be from 0.01 to 86400 seconds");
    }
    return Optional.of(seconds);
  }
}
