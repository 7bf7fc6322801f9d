package dev.toxserver.link;

import static org.awaitility.Awaitility.await;

import dev.toxserver.ClientConfigs;
import dev.toxserver.HandClock;
import dev.toxserver.OnContext;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.protocol.OutputFrame;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A link over real sockets whose timers are the test's, and a note of what its listener is told.
 */
final class Listening implements Link.Listener, AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(30);

  final HandClock clock;
  final ServerConnection link;

  private final Vertx vertx = vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /** Apart, since it is told by the real clock: on a slow machine at any time. */
  private final List<String> delays = new CopyOnWriteArrayList<>();

  /** A link to this port of this machine that was not started. */
  Listening(int port) {
    this(ClientConfigs.at("127.0.0.1", port));
  }

  Listening(ClientConfig config) {
    clock = new HandClock(vertx);
    link = new ServerConnection(clock.vertx(), config);
  }

  /** As the client's: the JDK resolves names, and does not ask a server that may not be there. */
  private static Vertx vertx() {
    System.setProperty("vertx.disableDnsResolver", "true");
    return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  }

  /** Does something where the link lives, and waits until it is done. */
  void does(Runnable task) throws Exception {
    OnContext.call(
        context,
        () -> {
          task.run();
          return null;
        });
  }

  void starts() throws Exception {
    does(() -> link.start(this));
  }

  /** The next that the listener is told. */
  String next() throws InterruptedException {
    String event = told.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("the listener is told nothing");
    }
    return event;
  }

  /** Whether the listener was told nothing that {@link #next} would return. */
  boolean isQuiet() {
    return told.isEmpty();
  }

  /** The reasons with which the listener was told that the first connection takes a while. */
  List<String> delays() {
    return delays;
  }

  /** Waits until so many timers are set, and says when the next one goes off. */
  long untilNext(int timers) {
    await().atMost(DEADLINE).until(() -> clock.timers() == timers);
    return clock.untilNext();
  }

  void passes(long millis) throws Exception {
    does(() -> clock.advance(millis));
  }

  @Override
  public void connected() {
    told.add("connected");
  }

  @Override
  public void output(OutputFrame frame) {
    told.add("output " + frame.output().seq());
  }

  @Override
  public void frame(JsonObject frame) {
    told.add("frame " + frame.getString("type"));
  }

  @Override
  public void lost(String reason) {
    told.add("lost: " + reason);
  }

  @Override
  public void waiting(String reason) {
    delays.add(reason);
  }

  @Override
  public void away(String reason) {
    told.add("away: " + reason);
  }

  @Override
  public void back() {
    told.add("back");
  }

  @Override
  public void givenUp(String reason) {
    told.add("given up: " + reason);
  }

  @Override
  public void unreachable(String why) {
    told.add("unreachable: " + why);
  }

  @Override
  public void timedOut() {
    told.add("timed out");
  }

  @Override
  public void close() {
    context.runOnContext(v -> link.close());
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
