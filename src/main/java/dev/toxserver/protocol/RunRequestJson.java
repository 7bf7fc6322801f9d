package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The part of {@link RequestJson} that knows a {@link Request.Run}. */
final class RunRequestJson {
  private RunRequestJson() {}

  static JsonObject encode(Request.Run run) {
    JsonObject body = new JsonObject().put("id", run.id().value());
    if (run.rerun().isPresent()) {
      body.put("rerun", run.rerun().get().value());
      if (run.failed()) {
        body.put("failed", true);
      }
    } else {
      String name = run.invocation().exec() ? "program" : "args";
      body.put(name, new JsonArray(run.args()));
    }
    run.invocation().folder().ifPresent(folder -> body.put("folder", folder));
    if (!run.invocation().on().isEmpty()) {
      body.put("on", run.invocation().on().toJson());
    }
    run.timeout().ifPresent(seconds -> body.put("timeout", seconds));
    if (run.detached()) {
      body.put("detach", true);
    }
    if (run.rounds().isPresent()) {
      body.put("rounds", run.rounds().getAsInt());
    }
    if (run.retryLost()) {
      body.put("retryLost", true);
    }
    run.tree().ifPresent(tree -> body.put("tree", tree.id()));
    run.cell().ifPresent(cell -> cell.writeTo(body));
    encode(run.side(), body);
    return body;
  }

  private static void encode(UserSide side, JsonObject body) {
    side.terminal()
        .ifPresent(
            terminal ->
                body.put(
                    "terminal",
                    terminal.size().writeTo(new JsonObject()).put("term", terminal.term())));
    if (side.stdin()) {
      body.put("stdin", true);
    }
    if (side.env().isPresent()) {
      JsonObject env = new JsonObject();
      side.env().get().forEach(env::put);
      body.put("env", env);
    }
  }

  /**
   * Reads it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  static Request.Run decode(Object body) {
    Fields fields = Fields.of(body);
    RunId id = new RunId(fields.text("id"));
    if (id.equals(RunId.LAST)) {
      throw new MalformedException("id", "last stands for the newest run and can't name one");
    }
    boolean again = fields.has("rerun");
    for (String field : List.of("args", "program", "folder")) {
      if (again && fields.has(field)) {
        throw new MalformedException("rerun", "takes the place of " + field + "; give one of them");
      }
    }
    boolean detached = fields.flag("detach", false);
    return new Request.Run(
        id,
        (again ? new Invocation(List.of()) : invocation(fields)).on(Labels.of(fields, "on")),
        timeout(fields),
        detached,
        again ? Optional.of(new RunId(fields.text("rerun"))) : Optional.empty(),
        UserSideJson.decode(fields),
        fields.tree(),
        again && fields.flag("failed", false),
        rounds(fields, detached),
        cell(fields, id),
        retryLost(fields));
  }

  private static Invocation invocation(Fields fields) {
    if (!fields.has("program")) {
      return new Invocation(words(fields, "args"), folder(fields));
    }
    if (fields.has("args")) {
      throw new MalformedException("program", "takes the place of args; give one of them");
    }
    List<String> program = words(fields, "program");
    if (program.isEmpty() || program.get(0).isEmpty()) {
      throw new MalformedException("program", "must name a program");
    }
    return new Invocation(program, folder(fields), true);
  }

  private static List<String> words(Fields fields, String field) {
    JsonArray array = fields.array(field);
    if (array.size() > Invocation.MAX_ARGS) {
      throw new MalformedException(
          field, array.size() + " arguments are more than " + Invocation.MAX_ARGS);
    }
    List<String> words = new ArrayList<>(array.size());
    long bytes = 0;
    for (Object element : array) {
      if (!(element instanceof String text)) {
        throw new MalformedException(field, "must hold nothing but strings");
      }
      checkText(field, text);
      bytes += bytesOf(text);
      words.add(text);
    }
    if (bytes > Invocation.MAX_ARGS_BYTES) {
      throw new MalformedException(
          field, bytes + " bytes are more than " + Invocation.MAX_ARGS_BYTES);
    }
    return words;
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
    if (bytesOf(folder) > Invocation.MAX_FOLDER_BYTES) {
      throw new MalformedException(
          "folder", "must have at most " + Invocation.MAX_FOLDER_BYTES + " bytes");
    }
    return Optional.of(folder);
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

  private static OptionalInt rounds(Fields fields, boolean detached) {
    if (!fields.has("rounds")) {
      return OptionalInt.empty();
    }
    long rounds = fields.count("rounds");
    if (rounds < 1 || rounds > Integer.MAX_VALUE) {
      throw new MalformedException("rounds", "must be from 1 to " + Integer.MAX_VALUE);
    }
    if (!detached) {
      throw new MalformedException("rounds", "is for runs with detach");
    }
    if (fields.has("program")) {
      throw new MalformedException("rounds", "is for runs of tox, not for a program");
    }
    return OptionalInt.of((int) rounds);
  }

  private static boolean retryLost(Fields fields) {
    boolean wanted = fields.flag("retryLost", false);
    if (wanted && (fields.has("terminal") || fields.flag("stdin", false))) {
      throw new MalformedException(
          "retryLost", "is for runs without terminal and stdin: what was typed would be gone");
    }
    return wanted;
  }

  private static Optional<Cell> cell(Fields fields, RunId id) {
    Optional<Cell> cell = Cell.in(fields.object());
    if (cell.filter(each -> each.matrix().equals(id)).isPresent()) {
      throw new MalformedException("matrix", "id must be another than the run's own");
    }
    if (cell.isPresent() && fields.has("rounds")) {
      throw new MalformedException("rounds", "is for runs of no matrix");
    }
    return cell;
  }

  static void checkText(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new MalformedException(field, "no program can be given a NUL character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      // It would reach the program as a question mark.
      throw new MalformedException(field, "half a surrogate pair is no Unicode text");
    }
  }

  static long bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
