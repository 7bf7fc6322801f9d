package dev.toxserver.nats;

import dev.toxserver.OnContext;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A runner and a hub at real NATS servers, on one context. */
public final class LogScene {
  /** A log that nobody has begun. */
  public static final NatsSubjects.Log LOG =
      new NatsSubjects.Log(new RunnerName("r1"), new RunId("run"), "p1");

  private static final long DEADLINE_SECONDS = 60;

  public final Vertx vertx = Vertx.vertx();
  public final Context context = vertx.getOrCreateContext();
  public final NatsCluster cluster;
  public final NatsLink runner;
  public final NatsLink hub;

  /** Starts the servers, with the streams that hubs make. */
  public LogScene(Path folder, int servers) throws Exception {
    this(folder, servers, new NatsConfig.Store(servers, false, 64 << 20, 3_600_000));
  }

  /** The same with streams of another kind. */
  public LogScene(Path folder, int servers, NatsConfig.Store store) throws Exception {
    cluster = NatsCluster.start(folder, servers);
    hub = connect("hub");
    result(() -> Streams.prepare(hub, store, 100));
    runner = connect("r1");
  }

  private NatsLink connect(String name) throws Exception {
    return result(() -> NatsLink.connect(vertx, cluster.config(), name));
  }

  /** What something on the context returns. */
  public <T> T call(Callable<T> action) throws Exception {
    return OnContext.call(context, action);
  }

  /** Does something on the context. */
  public void run(Runnable action) throws Exception {
    OnContext.call(
        context,
        () -> {
          action.run();
          return null;
        });
  }

  /** Begins something on the context. */
  public <T> Future<T> begin(Callable<Future<T>> action) throws Exception {
    return OnContext.call(context, action);
  }

  /** What comes of something that is begun on the context. */
  public <T> T result(Callable<Future<T>> action) throws Exception {
    return begin(action)
        .toCompletionStage()
        .toCompletableFuture()
        .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Deletes all that a log has. */
  public void purge(NatsSubjects.Log log) throws Exception {
    JsonObject filter = new JsonObject().put("filter", log.all());
    result(() -> hub.administer("STREAM.PURGE." + NatsSubjects.OUTPUT_STREAM, filter));
  }

  /** Deletes the first messages of a log. */
  public void trim(NatsSubjects.Log log, long below) throws Exception {
    result(() -> new LogTrim(hub, log).delete(0, below));
  }

  /** Ends the servers. */
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    cluster.close();
  }
}
