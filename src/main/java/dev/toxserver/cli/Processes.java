package dev.toxserver.cli;

import dev.toxserver.config.StandardStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a process that stays, a server or a runner, waits for its end and comes to it. */
final class Processes {
  /** How long a reader that takes nothing may hold up the end of a drained server. */
  private static final long CLOSE_SECONDS = 5;

  private static final long LAST_LINE_MILLIS = 1_000;

  private Processes() {}

  static int await(Future<Integer> code) {
    return code.toCompletionStage().toCompletableFuture().join();
  }

  /** Whether all was closed in time; what was written is out then. */
  static boolean close(Vertx vertx) {
    boolean inTime = true;
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      inTime = false;
    }
    StandardStream.out().flush(LAST_LINE_MILLIS);
    StandardStream.err().flush(LAST_LINE_MILLIS);
    return inTime;
  }
}
