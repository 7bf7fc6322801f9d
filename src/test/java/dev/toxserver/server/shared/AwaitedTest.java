package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OnContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who waits goes on on the context that it waits on, whatever becomes of it. */
class AwaitedTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final long LONG_MILLIS = 60_000;

  private final Context context = VERTX.getOrCreateContext();

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void goesOnThereWhenItDoesNotBecomeKnown() throws Exception {
    Future<String> missed =
        OnContext.call(
            context,
            () -> new Awaited<String>(VERTX, 1).await("a").map(known -> known + " " + where()));

    assertThat(missed.await(10, TimeUnit.SECONDS)).isEqualTo("false here");
  }

  @Test
  void goesOnForAllWhenItBecomesKnown() throws Exception {
    Awaited<String> awaited = new Awaited<>(VERTX, LONG_MILLIS);
    Future<String> both =
        OnContext.call(
            context,
            () -> {
              Future<Boolean> first = awaited.await("a");
              Future<Boolean> second = awaited.await("a");
              awaited.known("b");
              awaited.known("a");
              return Future.all(first, second).map(all -> all.list() + " " + where());
            });

    assertThat(both.await(10, TimeUnit.SECONDS)).isEqualTo("[true, true] here");
  }

  private String where() {
    return Vertx.currentContext() == context ? "here" : Thread.currentThread().getName();
  }
}
