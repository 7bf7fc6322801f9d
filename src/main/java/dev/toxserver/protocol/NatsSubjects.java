package dev.toxserver.protocol;

import java.util.stream.Collectors;

/** The streams and subjects that hubs and runners share on a NATS server. */
public final class NatsSubjects {
  /** The stream with the output of runs. */
  public static final String OUTPUT_STREAM = "TOX_OUT";

  /** All that is kept there. */
  public static final String OUTPUT = "tox.out.>";

  /** The same, told to those who listen as soon as it is kept. */
  public static final String LIVE = "tox.live.>";

  /** The stream with the runs that wait for a runner. */
  public static final String WORK_STREAM = "TOX_WORK";

  /** All that is kept there. */
  public static final String WORK = "tox.work.>";

  /** What runners say of runs that has no number, and is kept nowhere. */
  public static final String NOTES = "tox.note.*.*";

  /** The stream with the requests of runs that are queued once more if their runner is lost. */
  public static final String PARKED_STREAM = "TOX_PARKED";

  /** All that is kept there. */
  public static final String PARKED = "tox.parked.>";

  /** The bucket with what has become of runs. */
  public static final String RUNS_BUCKET = "tox-runs";

  /** What the keys of runners' leases begin with. */
  public static final String RUNNERS = "runner.";

  /** The bucket with the hubs and runners that are there. */
  public static final String PEERS_BUCKET = "tox-peers";

  /** The bucket with narrow tokens. */
  public static final String TOKENS_BUCKET = "tox-tokens";

  private static final int LONGEST_LABELS = 100;

  private NatsSubjects() {}

  /** The stream that a bucket is kept in. */
  public static String stream(String bucket) {
    return "KV_" + bucket;
  }

  /** The name under which a bucket's key is kept, as NATS' own tools have it too. */
  public static String entry(String bucket, String key) {
    return "$KV." + bucket + "." + key;
  }

  /** All keys of a bucket. */
  public static String entries(String bucket) {
    return entry(bucket, ">");
  }

  /** Here each change of a bucket is told as soon as it is kept. */
  public static String kept(String bucket) {
    return "tox.kept." + bucket + ".>";
  }

  /**
   * The needs of runs as one word of a subject, which is also the name of what those with just
   * these needs are pulled from.
   */
  public static String labels(Labels needs) {
    if (needs.isEmpty()) {
      return "any";
    }
    String all =
        needs.names().stream()
            .sorted()
            .map(name -> name.replace(".", "=2E").replace("+", "=2B"))
            .collect(Collectors.joining("+"));
    return all.length() <= LONGEST_LABELS ? all : "=" + Sha256.hex(all);
  }

  /** Under this name a run waits for a runner. */
  public static String work(Labels needs, RunId run) {
    return "tox.work." + labels(needs) + "." + run;
  }

  /** All runs with such needs. */
  public static String work(Labels needs) {
    return "tox.work." + labels(needs) + ".*";
  }

  /** The key of a runner's lease. */
  public static String lease(RunnerName runner) {
    return RUNNERS + runner;
  }

  /** Under this name a run keeps its {@link Work}, in case it is queued once more. */
  public static String parked(Life life) {
    return "tox.parked." + life;
  }

  /** Here a runner says what has no number of one of its runs. */
  public static String note(RunnerName runner, RunId run) {
    return "tox.note." + runner + "." + run;
  }

  /**
   * The log of one placement: a run that is placed twice has two. Its messages are numbered from 0.
   *
   * @param runner the only one that may write it, besides hubs
   * @param placement as in {@link RunnerOrder.Start}
   */
  public record Log(RunnerName runner, RunId run, String placement) {
    /** Under this name its message of that number is kept, and no other. */
    public String message(long index) {
      return "tox.out." + tail() + index;
    }

    /** The names of all of its messages. */
    public String all() {
      return "tox.out." + tail() + "*";
    }

    /** Here all of its messages are told as they are kept. */
    public String live() {
      return "tox.live." + tail() + "*";
    }

    private String tail() {
      return runner + "." + run + "." + placement + ".";
    }
  }

  /**
   * The number of a message in its log.
   *
   * @param subject as {@link Log#message} made it, or as it was told live
   */
  public static long indexOf(String subject) {
    return Long.parseLong(subject.substring(subject.lastIndexOf('.') + 1));
  }
}
