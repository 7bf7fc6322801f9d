package dev.toxserver;

import io.vertx.core.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does what belongs to a context there, and waits for it. */
public final class OnContext {
  private static final long DEADLINE_SECONDS = 30;

  private OnContext() {}

  /** What comes of the action; if it throws, so does this, and that is the cause. */
  public static <T> T call(Context context, Callable<T> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.runOnContext(
        here -> {
          try {
            result.complete(action.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
