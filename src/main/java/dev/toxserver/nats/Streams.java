package dev.toxserver.nats;

import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes the streams and buckets that hubs share, where they are missing. What is there is left as
 * it is: each difference is told.
 */
public final class Streams {
  private static final long LEAST_PAYLOAD = 1 << 20;
  private static final long PAUSE_MILLIS = 500;

  /** So long the servers of a cluster that has just been started may need to find each other. */
  private static final long GATHERING_MILLIS = 30_000;

  private static final String NO_JETSTREAM =
      "this NATS has no JetStream, or not for our account: start it with -js";

  /** Without these nothing works; the others are limits. */
  private static final Set<String> NEEDED =
      Set.of(
          "subjects", "retention", "discard", "allow_direct", "max_msgs_per_subject", "republish");

  private final NatsLink link;
  private final long gatheringEnd;
  private final List<String> differences = new ArrayList<>();

  private Streams(NatsLink link, long gatheringMillis) {
    this.link = link;
    gatheringEnd = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(gatheringMillis);
  }

  /**
   * Makes what is missing, and waits while the servers have no leader, and for half a minute while
   * they are fewer than the replicas. To be called again after each reconnect: what is kept in
   * memory may be gone.
   *
   * @param queueLimit how many runs may wait
   * @return a line for each difference; fails with an {@link InvalidSettingException} if these
   *     servers are of no use
   */
  public static Future<List<String>> prepare(
      NatsLink link, NatsConfig.Store store, int queueLimit) {
    return prepare(link, store, queueLimit, GATHERING_MILLIS);
  }

  static Future<List<String>> prepare(
      NatsLink link, NatsConfig.Store store, int queueLimit, long gatheringMillis) {
    if (link.wire().maxPayload() < LEAST_PAYLOAD) {
      return Future.failedFuture(
          new InvalidSettingException(
              "NATS takes messages of %d bytes: its max_payload must be at least %d (1 MiB)"
                  .formatted(link.wire().maxPayload(), LEAST_PAYLOAD)));
    }
    Streams streams = new Streams(link, gatheringMillis);
    Future<Void> all = streams.persist(streams::isThere);
    for (JsonObject plan : StreamPlans.of(store, queueLimit)) {
      all = all.compose(before -> streams.persist(() -> streams.find(plan)));
    }
    return all.map(done -> streams.differences);
  }

  /**
   * Makes the durable consumer from which runners of one set of labels pull.
   *
   * @param name of it
   * @param filter the subjects of the work that it has
   */
  public static Future<Void> ensureConsumer(NatsLink link, String name, String filter) {
    JsonObject config =
        new JsonObject()
            .put("durable_name", name)
            .put("filter_subject", filter)
            .put("ack_policy", "explicit")
            .put("ack_wait", TimeUnit.SECONDS.toNanos(5))
            .put("max_deliver", -1)
            .put("max_ack_pending", -1)
            .put("max_waiting", 8192)
            .put("inactive_threshold", TimeUnit.HOURS.toNanos(1))
            .put("deliver_policy", "all")
            .put("replay_policy", "instant");
    String stream = NatsSubjects.WORK_STREAM;
    return new Streams(link, GATHERING_MILLIS)
        .persist(
            () ->
                link.administer(
                        "CONSUMER.DURABLE.CREATE." + stream + "." + name,
                        new JsonObject().put("stream_name", stream).put("config", config))
                    .mapEmpty());
  }

  /** Tries until there is an answer that lasts: elections take seconds. */
  private Future<Void> persist(Supplier<Future<Void>> step) {
    return Retry.until(link.vertx(), PAUSE_MILLIS, step, failure -> !isPassing(failure))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof NatsFailure refusal
                        ? new InvalidSettingException(line(refusal))
                        : failure));
  }

  private boolean isPassing(Throwable failure) {
    return failure instanceof NatsFailure refusal
        && (refusal.isPassing()
            || refusal.code() == NatsFailure.TOO_FEW && System.nanoTime() - gatheringEnd < 0);
  }

  private static String line(NatsFailure refusal) {
    return switch (refusal.code()) {
      case NatsFailure.NOT_ENABLED, NatsFailure.NOT_ENABLED_FOR_ACCOUNT -> NO_JETSTREAM;
      case NatsFailure.NOT_CLUSTERED, NatsFailure.TOO_FEW ->
          "--nats-replicas needs as many NATS servers in one cluster: " + refusal.getMessage();
      case NatsFailure.NO_STORAGE, NatsFailure.NO_MEMORY ->
          "NATS has too little room for --nats-output and the rest: " + refusal.getMessage();
      default -> "NATS refuses: " + refusal.getMessage();
    };
  }

  private Future<Void> isThere() {
    return link.administer("INFO", new JsonObject())
        .recover(
            failure ->
                failure instanceof NatsFailure refusal && refusal.code() == NatsFailure.NOBODY
                    ? Future.failedFuture(new InvalidSettingException(NO_JETSTREAM))
                    : Future.failedFuture(failure))
        .mapEmpty();
  }

  private Future<Void> find(JsonObject plan) {
    String name = plan.getString("name");
    return link.administer("STREAM.INFO." + name, new JsonObject())
        .compose(
            info -> compare(plan, info.getJsonObject("config")), failure -> make(plan, failure));
  }

  private Future<Void> make(JsonObject plan, Throwable failure) {
    if (failure instanceof NatsFailure missing && missing.code() == NatsFailure.NO_STREAM) {
      String name = plan.getString("name");
      return link.administer("STREAM.CREATE." + name, plan)
          .compose(
              info -> compare(plan, info.getJsonObject("config")),
              refusal ->
                  refusal instanceof NatsFailure taken && taken.code() == NatsFailure.NAME_TAKEN
                      ? find(plan)
                      : Future.failedFuture(refusal));
    }
    return Future.failedFuture(failure);
  }

  private Future<Void> compare(JsonObject plan, JsonObject found) {
    String name = plan.getString("name");
    for (String field : plan.fieldNames()) {
      Object wanted = plan.getValue(field);
      Optional<Object> there = Optional.ofNullable(found.getValue(field));
      if (there.filter(value -> value.toString().equals(wanted.toString())).isEmpty()) {
        String difference =
            "%s has %s %s where our settings say %s"
                .formatted(name, field, there.map(Object::toString).orElse("unset"), wanted);
        if (NEEDED.contains(field)) {
          return Future.failedFuture(
              new InvalidSettingException(difference + ": remove it, or use another account"));
        }
        differences.add(difference);
      }
    }
    return Future.succeededFuture();
  }
}
