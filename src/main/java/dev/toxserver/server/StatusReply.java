package dev.toxserver.server;

import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * A status that fits into a frame, however many runs there are and however long their arguments.
 */
final class StatusReply {
  /** No frame of ours is longer than 1 MiB; the rest is for what is around the runs. */
  private static final int MOST_BYTES = 1_000_000;

  private StatusReply() {}

  /** As many of the first as fit. */
  static Reply.Status of(List<RunStatus> runs) {
    List<RunStatus> fitting = new ArrayList<>();
    int bytes = 0;
    for (RunStatus run : runs) {
      bytes += ReplyJson.encode(run).toBuffer().length() + 1;
      if (bytes > MOST_BYTES) {
        return new Reply.Status(fitting, false);
      }
      fitting.add(run);
    }
    return new Reply.Status(fitting, true);
  }
}
