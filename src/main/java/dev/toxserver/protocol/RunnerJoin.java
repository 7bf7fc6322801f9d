package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a runner says when it joins a server, and says again over each new connection, and when
 * something of it has changed.
 *
 * @param session the process's own: one that is started again has another, and so has one that has
 *     ended all that it had
 * @param version that of its program; the server takes only its own
 * @param capacity how many runs of tox it takes at once; 0 if it takes none any more
 * @param windowBytes how much output of a run it sends before the server has acknowledged some
 * @param goneMillis when nobody has heard it for so long, nothing is left of what it ran
 * @param runs those that it has
 */
public record RunnerJoin(
    RunnerName name,
    String session,
    String version,
    Labels labels,
    int capacity,
    int windowBytes,
    long goneMillis,
    Map<RunId, Held> runs) {
  /** The most runs that a runner can take at once. */
  public static final int MOST_CAPACITY = 1_000;

  /**
   * The longest time that settings make: a day for the grace, and one for each stage of an end.
   * Whoever says more is not let in.
   */
  private static final long MOST_GONE_MILLIS = 3 * 86_400_000L;

  private static final int LONGEST_TEXT = 100;

  /**
   * A run that the runner has.
   *
   * @param placement the name that its start came with: an earlier run of the same id had another
   * @param next the number of its next event
   */
  public record Held(String placement, long next) {}

  /** Takes a copy. */
  public RunnerJoin {
    runs = Map.copyOf(runs);
  }

  /**
   * A new session: of two that a runner has had, the later one is the greater text, unless its
   * clock was set back in between.
   */
  public static String newSession() {
    return session(UUID.randomUUID().toString());
  }

  /** The next session of a process that has ended all that it had. */
  public static String sessionAfter(String session) {
    return session(process(session));
  }

  /** Whether a process has gone from one of two sessions to the other. */
  public static boolean isOfOneProcess(String session, String other) {
    return process(session).equals(process(other));
  }

  private static String session(String process) {
    return "%012x-%s".formatted(System.currentTimeMillis(), process);
  }

  private static String process(String session) {
    return session.substring(session.indexOf('-') + 1);
  }

  /** The body to send to {@link Addresses#JOIN}. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("name", name.value())
        .put("session", session)
        .put("version", version)
        .put("labels", labels.toJson())
        .put("capacity", capacity)
        .put("window", windowBytes)
        .put("gone", goneMillis)
        .put("runs", held());
  }

  /**
   * Reads the body of a join.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerJoin decode(Object body) {
    Fields fields = Fields.of(body);
    return new RunnerJoin(
        new RunnerName(fields.text("name")),
        text(fields, "session"),
        text(fields, "version"),
        Labels.of(fields, "labels"),
        count(fields, "capacity", MOST_CAPACITY),
        count(fields, "window", Integer.MAX_VALUE),
        goneMillis(fields),
        held(fields));
  }

  /**
   * The server's answer.
   *
   * @param from the runs that it has placed there and waits for, and the number of the event of
   *     each that it takes next; all others are to be ended, and nothing of them is wanted
   */
  public static JsonObject answer(Map<RunId, Long> from) {
    return new JsonObject().put("runs", places(from));
  }

  /**
   * Reads the answer.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Map<RunId, Long> decodeAnswer(Object body) {
    return places(Fields.of(body));
  }

  private JsonObject held() {
    JsonObject named = new JsonObject();
    runs.forEach(
        (id, run) ->
            named.put(
                id.value(),
                new JsonObject().put("placement", run.placement()).put("next", run.next())));
    return named;
  }

  private static Map<RunId, Held> held(Fields fields) {
    Fields runs = fields.nested("runs");
    Map<RunId, Held> held = new HashMap<>();
    for (String id : runs.object().fieldNames()) {
      Fields run = runs.nested(id);
      held.put(new RunId(id), new Held(text(run, "placement"), run.count("next")));
    }
    return held;
  }

  private static JsonObject places(Map<RunId, Long> runs) {
    Map<String, Object> named = new LinkedHashMap<>();
    runs.forEach((id, seq) -> named.put(id.value(), seq));
    return new JsonObject(named);
  }

  private static Map<RunId, Long> places(Fields fields) {
    Fields runs = fields.nested("runs");
    Map<RunId, Long> places = new HashMap<>();
    for (String id : runs.object().fieldNames()) {
      places.put(new RunId(id), runs.count(id));
    }
    return places;
  }

  /** Whoever says it, says no more than settings can. */
  static long goneMillis(Fields fields) {
    return count(fields, "gone", MOST_GONE_MILLIS);
  }

  private static int count(Fields fields, String field, int most) {
    return (int) count(fields, field, (long) most);
  }

  private static long count(Fields fields, String field, long most) {
    long count = fields.count(field);
    if (count > most) {
      throw new MalformedException(field, "must be at most " + most);
    }
    return count;
  }

  private static String text(Fields fields, String field) {
    String text = fields.text(field);
    if (text.isEmpty()
        || text.length() > LONGEST_TEXT
        || !text.chars().allMatch(RunnerJoin::isPlain)) {
      throw new MalformedException(field, "must be 1 to " + LONGEST_TEXT + " printable characters");
    }
    return text;
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character <= '~';
  }
}
