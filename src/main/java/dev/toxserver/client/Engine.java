package dev.toxserver.client;

import dev.toxserver.link.FrameReader;
import dev.toxserver.link.FrameWriter;
import dev.toxserver.protocol.Frames;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.logging.JULLogDelegateFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The Vert.x of a client, with as little in it as a client needs. It takes longer to make than a
 * command line to read, and on two processors both can be done at once.
 */
public final class Engine {
  private static final AtomicReference<CompletableFuture<Vertx>> BEGUN = new AtomicReference<>();

  private Engine() {}

  /** Begins to make one in the background, for whoever asks first. */
  public static void begin() {
    NoServices.offer();
    BEGUN.set(CompletableFuture.supplyAsync(Engine::make, Engine::inBackground));
  }

  /** The one that was begun, or a new one. */
  public static Vertx get() {
    CompletableFuture<Vertx> begun = BEGUN.getAndSet(null);
    return begun == null ? make() : begun.join();
  }

  /**
   * Stops the event loop for good, after what it has begun: a thread that waits in native code
   * costs an exit 300 ms, and to close all of Vert.x would start more threads than there were.
   */
  public static void park(Vertx vertx) {
    CountDownLatch parked = new CountDownLatch(1);
    vertx.runOnContext(
        v -> {
          parked.countDown();
          while (true) {
            LockSupport.park();
          }
        });
    try {
      parked.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void inBackground(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              task.run();
              warmUp();
            },
            "tox-server-engine");
    thread.setDaemon(true);
    thread.start();
  }

  private static Vertx make() {
    // The JDK resolves names as other programs here do; Vert.x's own resolver costs start-up time.
    System.setProperty("vertx.disableDnsResolver", "true");
    // Both would look for other logging libraries first, and find none.
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", JULLogDelegateFactory.class.getName());
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    // Unused; but Vert.x's default joins strings, which takes Java 17 several milliseconds.
    System.setProperty("vertx.cacheDirBase", "unused");
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            // A client that ^Z had stopped would be told that its threads were blocked.
            .setBlockedThreadCheckInterval(1)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    // There are no plug-ins: to look for them would read the names of all that is in the jar.
    return VertxBootstrap.create()
        .options(options)
        .serviceProviders(List.of())
        .verticleFactories(List.of())
        .init()
        .vertx();
  }

  /** What is slow when it is done for the first time, and would hold up the first messages. */
  private static void warmUp() {
    // The first buffer has Netty make its allocator, which the first connection waits for.
    Buffer ping = FrameWriter.write(Frames.ping());
    Frames.withLength(ping);
    FrameReader.read(ping);
    // Netty looks for annotations of its handlers: Java generates a class for each kind.
    ChannelInitializer.class.isAnnotationPresent(Sharable.class);
    for (Method method : ChannelInboundHandlerAdapter.class.getDeclaredMethods()) {
      method.getAnnotations();
    }
  }
}
