package dev.toxserver.nats;

import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Every stream and bucket that hubs share, as JetStream's API has its configuration. */
final class StreamPlans {
  private static final long MIB = 1 << 20;

  /** NATS holds about 0.55 KB in memory for each message of a name of its own. */
  private static final int OUTPUT_MESSAGES = 250_000;

  /** A peer of which nothing was heard for so long is not even remembered. */
  private static final long PEER_SECONDS = 60;

  private StreamPlans() {}

  /**
   * All of them.
   *
   * @param queueLimit how many runs may wait; of none, one may on its way to a runner
   */
  static List<JsonObject> of(NatsConfig.Store store, int queueLimit) {
    return List.of(
        queue(store, NatsSubjects.WORK_STREAM, NatsSubjects.WORK)
            .put("retention", "workqueue")
            .put("max_msgs", Math.max(1, queueLimit)),
        queue(store, NatsSubjects.PARKED_STREAM, NatsSubjects.PARKED),
        stream(store, NatsSubjects.OUTPUT_STREAM, NatsSubjects.OUTPUT)
            .put("republish", republish(NatsSubjects.OUTPUT, NatsSubjects.LIVE))
            .put("max_bytes", store.outputBytes())
            .put("max_msgs", OUTPUT_MESSAGES)
            .put("max_age", TimeUnit.MILLISECONDS.toNanos(store.ageMillis())),
        bucket(store, NatsSubjects.RUNS_BUCKET, 256),
        bucket(store, NatsSubjects.PEERS_BUCKET, 16)
            .put("max_age", TimeUnit.SECONDS.toNanos(PEER_SECONDS)),
        bucket(store, NatsSubjects.TOKENS_BUCKET, 1));
  }

  private static JsonObject queue(NatsConfig.Store store, String name, String subjects) {
    return stream(store, name, subjects).put("max_bytes", 64 * MIB);
  }

  /** As NATS' own clients make a bucket, so that they can read it, but republished. */
  private static JsonObject bucket(NatsConfig.Store store, String name, int mib) {
    String entries = NatsSubjects.entries(name);
    return stream(store, NatsSubjects.stream(name), entries)
        .put("max_msgs_per_subject", 1)
        .put("allow_rollup_hdrs", true)
        .put("deny_delete", true)
        .put("republish", republish(entries, NatsSubjects.kept(name)))
        .put("max_bytes", mib * MIB);
  }

  private static JsonObject stream(NatsConfig.Store store, String name, String subjects) {
    return new JsonObject()
        .put("name", name)
        .put("subjects", new JsonArray().add(subjects))
        .put("retention", "limits")
        .put("discard", "new")
        .put("allow_direct", true)
        .put("storage", store.inMemory() ? "memory" : "file")
        .put("num_replicas", store.replicas())
        .put("max_consumers", -1)
        .put("max_msgs", -1);
  }

  private static JsonObject republish(String from, String to) {
    return new JsonObject().put("src", from).put("dest", to);
  }
}
