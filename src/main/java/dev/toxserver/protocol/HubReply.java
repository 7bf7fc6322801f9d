package dev.toxserver.protocol;

import java.util.List;
import java.util.Map;

/**
 * What a hub answers to a {@link RunnerRequest}. {@link HubReplyJson} knows how each looks on the
 * wire.
 */
public sealed interface HubReply {
  /**
   * The runner has joined.
   *
   * @param runs those that it has and that are waited for, and how many of their events are known;
   *     all others are to be ended
   * @param work of each of these kinds of needs there may be runs for it
   */
  record Joined(Map<RunId, Long> runs, List<Labels> work) implements HubReply {
    /** Takes copies. */
    public Joined {
      runs = Map.copyOf(runs);
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
