package dev.toxserver.nats;

import dev.toxserver.OnContext;
import dev.toxserver.config.NatsConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One who has a link to NATS, whose context the test's thread can use. */
public final class NatsParty {
  private static final long DEADLINE_SECONDS = 60;

  private final Context context;
  private NatsLink link;

  /** Connects. */
  public NatsParty(Vertx vertx, NatsConfig config, String name) throws Exception {
    this(vertx, () -> NatsLink.connect(vertx, config, name));
  }

  /** Connects in that way. */
  NatsParty(Vertx vertx, Callable<Future<NatsLink>> connection) throws Exception {
    this.context = vertx.getOrCreateContext();
    this.link = await(connection);
  }

  /** Its link, for use on its context. */
  public NatsLink link() {
    return link;
  }

  /** Does something on the context. */
  public <T> T call(Callable<T> action) throws Exception {
    return OnContext.call(context, action);
  }

  /** Does something on the context and waits for what comes of it; if it fails, so does this. */
  public <T> T await(Callable<Future<T>> action) throws Exception {
    try {
      return OnContext.call(context, action)
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
