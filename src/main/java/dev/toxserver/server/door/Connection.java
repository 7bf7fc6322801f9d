package dev.toxserver.server.door;

import dev.toxserver.server.tokens.Rights;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One client's connection: what it is sent, whether it takes that, and what it reads. Belongs to
 * the server's context.
 */
public final class Connection {
  private final String name;
  private final Wire wire;
  private final Unread unread;
  private final Subscriptions subscriptions;
  private final Liveness liveness = new Liveness();
  private final Set<Runnable> whenClosed = new LinkedHashSet<>();
  private List<Runnable> whenWritable = new ArrayList<>();
  private int pings;
  private Optional<Rights> rights = Optional.empty();
  private boolean readsOneRun;
  private boolean mayJoin;
  private Optional<RunnerFrames> runner = Optional.empty();
  private boolean evicted;
  private boolean closed;
  private boolean longAnswer;

  Connection(String name, Wire wire, Connections all) {
    this.name = name;
    this.wire = wire;
    this.unread = new Unread(all.unread(), () -> all.giveUp(this));
    this.subscriptions = new Subscriptions(all);
    wire.onDrain(this::wake);
  }

  /** What the server calls it, in messages and logs. */
  String name() {
    return name;
  }

  /** What carries it. */
  Wire wire() {
    return wire;
  }

  /** The runs that it reads. */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Sends a frame that others are sent too; how much may wait is the callers' to bound. */
  public void send(Buffer frame) {
    wire.send(frame).onSuccess(sent -> liveness.taken());
  }

  /**
   * Sends a frame that is made for this client, and counts until the client takes it.
   *
   * @return completes when the client has taken it, or never will
   */
  public Future<Void> answer(Buffer frame) {
    Future<Void> taken = wire.send(frame).onSuccess(sent -> liveness.taken());
    if (!taken.isComplete()) {
      unread.add(frame.length(), taken);
    }
    return taken;
  }

  /** Whether it may ask for anything. */
  boolean isAuthenticated() {
    return rights.isPresent() || mayJoin;
  }

  /** Whether it may send clients' requests. */
  boolean mayAsk() {
    return rights.isPresent() && runner.isEmpty();
  }

  /** Whether it may join as a runner. */
  boolean mayJoin() {
    return mayJoin;
  }

  /** What its client may ask for; nothing if it has shown no token, or one that has ended. */
  Optional<Rights> rights() {
    return rights;
  }

  /** It is a client's, or can be, which may ask for this. */
  void admitAsClient(Rights granted) {
    rights = Optional.of(granted);
    readsOneRun = granted.readsOneRun();
  }

  /** The token has ended that it has shown. */
  void endRights() {
    rights = Optional.empty();
  }

  /**
   * Whether runs wait for it though it only reads them: not for who has a token that may less, or
   * one that has ended.
   */
  public boolean holdsUp() {
    return rights.filter(Rights::holdsUp).isPresent();
  }

  /** Whether it is to learn of one run alone; after its token has ended, too. */
  public boolean readsOneRun() {
    return readsOneRun;
  }

  /** It is a runner's, or can be. */
  void admitAsRunner() {
    mayJoin = true;
  }

  /** What takes the frames of a runner that has joined by it. */
  public Optional<RunnerFrames> runner() {
    return runner;
  }

  /** A runner has joined by it. */
  void joined(RunnerFrames frames) {
    runner = Optional.of(frames);
  }

  /** Where its other end is. */
  public String address() {
    return wire.peer().name();
  }

  /** Counts a ping that came before the token; how many there were. */
  int countPing() {
    return ++pings;
  }

  /** Notes that something has come from the client. */
  void heard() {
    liveness.heard();
  }

  /** The client says how far it has read: from now on only what it says shows that it is there. */
  public void acknowledges() {
    liveness.acknowledges();
  }

  /** For how long the client gave no sign of life. */
  public long silentMillis() {
    return liveness.silentMillis();
  }

  /**
   * Calls back when it has closed.
   *
   * @return takes that back: a connection may stay for long, and see many runs
   */
  public Runnable onClosed(Runnable callback) {
    whenClosed.add(callback);
    return () -> whenClosed.remove(callback);
  }

  /** How many wait for its end. */
  public int closeListeners() {
    return whenClosed.size();
  }

  /** Whether a long answer is under way to it, or waits to be taken. */
  public boolean hasLongAnswer() {
    return longAnswer || isFull();
  }

  /** Notes whether a long answer is under way. */
  public void longAnswer(boolean underWay) {
    longAnswer = underWay;
  }

  /** Whether its client has gone, or was cut off. */
  public boolean isClosed() {
    return closed || evicted;
  }

  /** Whether it has been sent more than its wire means to hold. */
  public boolean isFull() {
    return !closed && wire.isFull();
  }

  /** Calls back once, when it is no longer full or no longer there. */
  public void onWritable(Runnable callback) {
    whenWritable.add(callback);
  }

  /** Cuts the client off at once, whatever it has not read. */
  public void evict() {
    evicted = true;
    wire.evict();
  }

  /** What logs call it. */
  @Override
  public String toString() {
    return name + " from " + wire.peer().name();
  }

  void closed() {
    closed = true;
    unread.end();
    subscriptions.close();
    List.copyOf(whenClosed).forEach(Runnable::run);
    wake();
  }

  private void wake() {
    List<Runnable> callbacks = whenWritable;
    whenWritable = new ArrayList<>();
    callbacks.forEach(Runnable::run);
  }
}
