package dev.toxserver.protocol;

import java.util.Optional;

/**
 * What a runner asks of any hub over NATS, and again until it is answered: so each of them may come
 * more than once. {@link RunnerRequestJson} knows how each looks on the wire.
 */
public sealed interface RunnerRequest {
  /** Who asks: its subject says so, which nobody else may publish at. */
  RunnerName runner();

  /** It is there: what is still wanted of what it has, and of which work may it pull? */
  record Join(RunnerJoin join) implements RunnerRequest {
    @Override
    public RunnerName runner() {
      return join.name();
    }
  }

  /**
   * It has pulled a run, and would carry it out.
   *
   * @param nonce as in {@link Work}
   * @param ack where the hub acknowledges the ticket, so that nobody is given it again; it also
   *     says which ticket that is
   * @param goneMillis as in {@link RunnerJoin}
   */
  record Claim(
      RunnerName runner, String session, Life life, String nonce, String ack, long goneMillis)
      implements RunnerRequest {}

  /**
   * A run that was placed with it has ended, and all of its output is kept.
   *
   * @param index the number of the log's next message, which the hub writes
   * @param exit as the runner tells it
   * @param again the request of a run that may have to begin once more, since only its runner has
   *     the values of its variables
   */
  record Ended(
      RunnerName runner,
      Life life,
      String placement,
      long index,
      RunEvent.Exit exit,
      Optional<RunResults> results,
      Optional<Request.Run> again)
      implements RunnerRequest {}

  /**
   * The log of a run that was placed with it is longer than is to be kept: its beginning may go.
   *
   * @param from the number of the first message that there is
   * @param below the number of the first that stays
   */
  record Trim(RunnerName runner, RunId run, String placement, long from, long below)
      implements RunnerRequest {
    /** So many messages are deleted at a time, in a second or so. */
    public static final int MOST_MESSAGES = 500;
  }
}
