package dev.toxserver.protocol;

/** The streams and subjects that hubs and runners share on a NATS server. */
public final class NatsSubjects {
  /** The stream with the output of runs. */
  public static final String OUTPUT_STREAM = "TOX_OUT";

  /** All that is kept there. */
  public static final String OUTPUT = "tox.out.>";

  /** The same, told to those who listen as soon as it is kept. */
  public static final String LIVE = "tox.live.>";

  private NatsSubjects() {}

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
