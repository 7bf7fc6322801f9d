package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.nats.Streams;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.HubReplyJson;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The sets of labels that runs have needed: runners pull the work of each of them that they can
 * serve. Belongs to the server's context.
 */
final class Kinds {
  /** Those that were needed longest ago are forgotten, until they are needed again. */
  private static final int MOST = 1_000;

  /** A consumer that nobody pulls from is gone after an hour. */
  private static final long FRESH_NANOS = 1_200_000_000_000L;

  private static final long NEVER = 0;

  private final NatsLink link;
  private final Supplier<Collection<RunnerJoin>> runners;

  /** When each was last seen to have its consumer, here. */
  private final Map<Labels, Long> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Labels, Long> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Those that the runs need that are known.
   *
   * @param runners that are there, to be told of what is new
   */
  Kinds(NatsLink link, Facts facts, Supplier<Collection<RunnerJoin>> runners) {
    this.link = link;
    this.runners = runners;
    kinds.put(Labels.NONE, NEVER);
    facts.oldestFirst().forEach(this::note);
    facts.onChange(this::note);
    // What NATS keeps in memory may be gone.
    link.onReconnected(() -> kinds.replaceAll((kind, fresh) -> NEVER));
  }

  /** Sees to it that runs with such needs find their runners. To be awaited before one waits. */
  Future<Void> prepare(Labels needs) {
    Labels kind = sorted(needs);
    boolean isNew = !kinds.containsKey(kind);
    Long fresh = kinds.getOrDefault(kind, NEVER);
    long now = System.nanoTime();
    if (fresh != NEVER && now - fresh < FRESH_NANOS) {
      return Future.succeededFuture();
    }
    return Streams.ensureConsumer(link, NatsSubjects.labels(kind), NatsSubjects.work(kind))
        .onSuccess(
            there -> {
              kinds.put(kind, System.nanoTime());
              if (isNew) {
                tell(kind);
              }
            });
  }

  /** Those that a runner with these labels can serve; all of them have their consumers. */
  Future<List<Labels>> servedBy(Labels labels) {
    List<Labels> served = kinds.keySet().stream().filter(labels::have).toList();
    return Future.join(served.stream().map(this::prepare).toList()).map(done -> served);
  }

  /** A program of exec has a ticket only if it is placed once more. */
  private void note(RunFacts run) {
    run.asked()
        .map(Fact.Asked::request)
        .filter(request -> !request.invocation().exec() || request.retryLost())
        .ifPresent(request -> kinds.putIfAbsent(sorted(request.invocation().on()), NEVER));
  }

  /** A runner that misses this learns of it when it joins the next time. */
  private void tell(Labels kind) {
    Buffer news = HubReplyJson.encode(HubReply.Joined.news(kind)).toBuffer();
    runners.get().stream()
        .filter(runner -> runner.labels().have(kind))
        .map(runner -> new RunnerAddresses(runner.name()).join())
        .forEach(address -> link.publish(Stored.of(address, news)));
  }

  private static Labels sorted(Labels needs) {
    return new Labels(needs.names().stream().sorted().toList());
  }
}
