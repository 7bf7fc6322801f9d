package dev.toxserver.server;

import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What pings are answered. Belongs to the server's context. */
final class Pings {
  private final RunQueue queue;
  private final String version;
  private final long startedNanos = System.nanoTime();
  private Optional<Reply.Page> page = Optional.empty();

  /** Of a server that is started now. */
  Pings(RunQueue queue, String version) {
    this.queue = queue;
    this.version = version;
  }

  /**
   * The answer.
   *
   * @param scope what whoever pings may
   */
  Reply pong(Scope scope) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    long uptime = (System.nanoTime() - startedNanos) / 1_000_000;
    return new Reply.Pong(
        micros,
        queue.running(),
        queue.waiting(),
        version,
        uptime,
        page,
        Optional.of(scope).filter(each -> each != Scope.ALL));
  }

  /** There is a page, too, which whoever pings is told of from now on. */
  void tellOf(Reply.Page there) {
    page = Optional.of(there);
  }
}
