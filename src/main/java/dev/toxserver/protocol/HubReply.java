package dev.toxserver.protocol;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a hub answers to a {@link RunnerRequest}. {@link HubReplyJson} knows how each looks on the
 * wire.
 */
public sealed interface HubReply {
  /**
   * The runner has joined.
   *
   * @param over those of its runs that have ended, or are elsewhere: nobody waits for them
   * @param cancelled those of its runs that are to end
   * @param work of each of these kinds of needs there may be runs for it
   * @param keptBytes so much of each run's log is enough, the newest; empty if nothing is said of
   *     it
   */
  record Joined(List<RunId> over, List<RunId> cancelled, List<Labels> work, OptionalLong keptBytes)
      implements HubReply {
    /** There may be runs of this kind. */
    public static Joined news(Labels kind) {
      return new Joined(List.of(), List.of(), List.of(kind), OptionalLong.empty());
    }

    /** Takes copies. */
    public Joined {
      over = List.copyOf(over);
      cancelled = List.copyOf(cancelled);
      work = List.copyOf(work);
    }
  }

  /**
   * The runner is to carry the run out: only now may it start it.
   *
   * @param placement the name of this placement, which no other has
   * @param nextSeq the number of the first event that the runner publishes
   * @param cancelled whether it is to end at once
   */
  record Granted(String placement, long nextSeq, boolean cancelled) implements HubReply {}

  /** The run is somebody else's, was cancelled, or has ended: the runner forgets it. */
  record Gone() implements HubReply {}

  /** The end of the run is kept: the runner forgets it. */
  record Done() implements HubReply {}

  /**
   * It can't be done, however often it is asked.
   *
   * @param message why, in one line
   */
  record Refused(int code, String message) implements HubReply {}
}
