package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.HubReplyJson;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * How much of its log each run that has not ended keeps of what is read. Runners are told when that
 * is less than usual, and let the oldest go. Belongs to the server's context.
 */
final class Allowance {
  /**
   * What a hub has written to a client, and that has not come there when the hub dies: the client
   * reads it elsewhere.
   */
  private static final long LEAST_BYTES = 1 << 20;

  /** A hub that is gone may have told them something else. */
  private static final int EVERY_TELL = 10;

  private final Facts facts;
  private final long usualBytes;
  private final BiConsumer<RunnerName, HubReply> runners;
  private long bytes;
  private int tells;

  /**
   * As usual.
   *
   * @param usualBytes what runners are told when they join
   * @param runners tells one of them something
   */
  Allowance(Facts facts, long usualBytes, BiConsumer<RunnerName, HubReply> runners) {
    this.facts = facts;
    this.usualBytes = usualBytes;
    this.runners = runners;
    this.bytes = usualBytes;
  }

  /** One that runners are told of over NATS. */
  static Allowance of(NatsLink link, Facts facts, long usualBytes) {
    return new Allowance(
        facts,
        usualBytes,
        (runner, news) -> {
          Buffer body = HubReplyJson.encode(news).toBuffer();
          link.publish(Stored.of(new RunnerAddresses(runner).join(), body));
        });
  }

  /** Half as much, of a store that has room for so much in all. */
  void less(long storeBytes) {
    bytes = Math.min(bytes, Math.max(LEAST_BYTES, Math.min(bytes, storeBytes) / 2));
    tells = 0;
  }

  /** Twice as much, up to what is usual. */
  void more() {
    if (bytes < usualBytes) {
      bytes = Math.min(usualBytes, 2 * bytes);
      tells = 0;
    }
  }

  /** Tells it to all who have runs, if some may not know it. */
  void tell() {
    if (bytes < usualBytes || tells == 0) {
      HubReply news = new HubReply.Joined(List.of(), List.of(), List.of(), OptionalLong.of(bytes));
      busy().forEach(runner -> runners.accept(runner, news));
    }
    tells = (tells + 1) % EVERY_TELL;
  }

  private Iterable<RunnerName> busy() {
    return facts.unfinished().stream()
        .filter(run -> run.state() == RunFacts.State.PLACED)
        .flatMap(run -> run.placement().stream())
        .map(Placement::runner)
        .collect(Collectors.toSet());
  }
}
