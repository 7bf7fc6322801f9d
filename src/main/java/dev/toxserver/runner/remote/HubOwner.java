package dev.toxserver.runner.remote;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Whose connection to a server a {@link HubLink} is. */
interface HubOwner {
  /** What it says when it joins. */
  RunnerJoin join();

  /** It has joined: the server waits for these events of its runs. */
  void joined(Map<RunId, Long> from);

  /** An order came. */
  void order(JsonObject frame);

  /** The connection was lost. */
  void away();

  /** The server does not want it: why, in one line. */
  void refused(String why);
}
