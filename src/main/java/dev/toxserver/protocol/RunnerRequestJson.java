package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The one class that knows the subject and the JSON of every {@link RunnerRequest}. */
public final class RunnerRequestJson {
  private static final String PREFIX = "tox.hub.";

  /** All hubs listen here, and one of them gets each. */
  public static final String ALL = PREFIX + "*.*";

  private static final String TICKETS = "$JS.ACK." + NatsSubjects.WORK_STREAM + ".";
  private static final String JOIN = "join";
  private static final String CLAIM = "claim";
  private static final String ENDED = "ended";
  private static final String TRIM = "trim";

  private RunnerRequestJson() {}

  /** Where it is asked. */
  public static String subject(RunnerRequest request) {
    return PREFIX + kind(request) + "." + request.runner();
  }

  /** Who asks there: nobody else may. */
  public static String runner(String subject) {
    return subject.substring(subject.lastIndexOf('.') + 1);
  }

  /** The body to ask with. */
  public static JsonObject encode(RunnerRequest request) {
    if (request instanceof RunnerRequest.Join joining) {
      return joining.join().toJson();
    }
    JsonObject body = new JsonObject();
    if (request instanceof RunnerRequest.Trim trim) {
      return body.put("run", trim.run().value())
          .put("placement", trim.placement())
          .put("from", trim.from())
          .put("below", trim.below());
    }
    if (request instanceof RunnerRequest.Claim claim) {
      return put(body, claim.life())
          .put("session", claim.session())
          .put("nonce", claim.nonce())
          .put("ack", claim.ack())
          .put("gone", claim.goneMillis());
    }
    RunnerRequest.Ended ended = (RunnerRequest.Ended) request;
    put(body, ended.life())
        .put("placement", ended.placement())
        .put("index", ended.index())
        .put("exit", RunEventJson.encode(ended.exit()));
    ended.results().ifPresent(found -> body.put("results", RunResultsJson.encode(found)));
    ended.again().ifPresent(run -> body.put("again", RequestJson.encode(run)));
    return body;
  }

  /**
   * Reads what a runner asks.
   *
   * @throws MalformedException naming the field that is wrong, or the subject
   */
  public static RunnerRequest decode(String subject, Object body) {
    int dot = subject.indexOf('.', PREFIX.length());
    if (!subject.startsWith(PREFIX) || dot < 0) {
      throw new MalformedException("subject", "is none of a runner's");
    }
    RunnerName runner = new RunnerName(subject.substring(dot + 1));
    Fields fields = Fields.of(body);
    return switch (subject.substring(PREFIX.length(), dot)) {
      case JOIN -> join(runner, body);
      case CLAIM ->
          new RunnerRequest.Claim(
              runner,
              fields.text("session"),
              life(fields),
              fields.text("nonce"),
              ticket(fields),
              RunnerJoin.goneMillis(fields));
      case ENDED ->
          new RunnerRequest.Ended(
              runner,
              life(fields),
              placement(fields),
              fields.count("index"),
              exit(fields),
              fields.has("results")
                  ? Optional.of(RunResultsJson.decode(fields.object().getValue("results")))
                  : Optional.empty(),
              fields.has("again")
                  ? Optional.of(RequestJson.decodeRun(fields.object().getValue("again")))
                  : Optional.empty());
      case TRIM ->
          new RunnerRequest.Trim(
              runner,
              new RunId(fields.text("run")),
              placement(fields),
              fields.count("from"),
              fields.count("below"));
      default -> throw new MalformedException("subject", "is none of a runner's");
    };
  }

  private static String kind(RunnerRequest request) {
    if (request instanceof RunnerRequest.Join) {
      return JOIN;
    }
    if (request instanceof RunnerRequest.Claim) {
      return CLAIM;
    }
    return request instanceof RunnerRequest.Ended ? ENDED : TRIM;
  }

  /** What it says of its name is only as good as the subject. */
  private static RunnerRequest.Join join(RunnerName runner, Object body) {
    RunnerJoin join = RunnerJoin.decode(body);
    if (!join.name().equals(runner)) {
      throw new MalformedException("name", "is not that of its subject, " + runner);
    }
    return new RunnerRequest.Join(join);
  }

  private static JsonObject put(JsonObject body, Life life) {
    return body.put("run", life.run().value()).put("generation", life.generation());
  }

  private static Life life(Fields fields) {
    return new Life(new RunId(fields.text("run")), fields.smallCount("generation"));
  }

  /** A hub writes there with all of its rights. */
  private static String ticket(Fields fields) {
    String ack = fields.text("ack");
    if (!ack.startsWith(TICKETS) || !ack.chars().allMatch(each -> each > ' ' && each <= '~')) {
      throw new MalformedException("ack", "is no ticket's");
    }
    return ack;
  }

  /** It becomes a word of subjects: hubs name placements as runs are named. */
  private static String placement(Fields fields) {
    try {
      return new RunId(fields.text("placement")).value();
    } catch (MalformedException e) {
      throw new MalformedException("placement", "is no placement's name");
    }
  }

  private static RunEvent.Exit exit(Fields fields) {
    return RunEventJson.decode(fields.object().getValue("exit"))
        .filter(RunEvent.Exit.class::isInstance)
        .map(RunEvent.Exit.class::cast)
        .filter(exit -> !exit.lost())
        .orElseThrow(() -> new MalformedException("exit", "is none of a runner's"));
  }
}
