package dev.toxserver.server.door;

import dev.toxserver.protocol.RunId;
import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One client's connection to the bridge: what it listens to, and whether it takes what it gets.
 * Belongs to the server's context.
 */
public final class Connection {
  /** So much is read at once, and may wait for its turn: of a thousand connections 8 MiB. */
  private static final int READ_BYTES = 8 * 1024;

  private final String name;
  private final NetSocket socket;
  private final Connections all;
  private final Unread unread;
  private final Set<RunId> subscriptions = new HashSet<>();
  private final Map<RunId, Runnable> followed = new HashMap<>();
  private final Set<Runnable> whenClosed = new LinkedHashSet<>();
  private List<Runnable> whenWritable = new ArrayList<>();
  private long heardNanos = System.nanoTime();
  private int pings;
  private boolean authenticated;
  private boolean closed;
  private boolean longAnswer;
  private boolean acknowledges;

  Connection(String name, NetSocket socket, Connections all) {
    this.name = name;
    this.socket = socket;
    this.all = all;
    this.unread = new Unread(all.unread(), () -> all.giveUp(this));
    socket.drainHandler(writable -> wake());
    if (socket instanceof NetSocketInternal real) {
      ChannelConfig config = real.channelHandlerContext().channel().config();
      config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
    }
  }

  /** What the server calls it, in messages and logs. */
  String name() {
    return name;
  }

  NetSocket socket() {
    return socket;
  }

  /** Sends a frame that others are sent too; how much may wait is the callers' to bound. */
  public void send(Buffer frame) {
    socket.write(frame).onSuccess(this::drained);
  }

  /**
   * Sends a frame that is made for this client, and counts until the client takes it.
   *
   * @return completes when it has, or never will
   */
  public Future<Void> answer(Buffer frame) {
    Future<Void> taken = socket.write(frame).onSuccess(this::drained);
    if (!taken.isComplete()) {
      unread.add(frame.length(), taken);
    }
    return taken;
  }

  /** Whether it may ask for anything. */
  boolean isAuthenticated() {
    return authenticated;
  }

  void authenticated() {
    authenticated = true;
  }

  /** Counts a ping that came before the token; how many there were. */
  int countPing() {
    return ++pings;
  }

  /** Notes a sign of life. */
  void heard() {
    heardNanos = System.nanoTime();
  }

  /**
   * A client that reads and has nothing to say shows by that alone that it is there, but for one
   * that says how far it has read: what stands before it may go on to take its output for it.
   */
  private void drained(Void taken) {
    if (!acknowledges) {
      heard();
    }
  }

  /** From now on only what it says shows that it is there. */
  public void acknowledges() {
    acknowledges = true;
  }

  /** How long ago that was. */
  public long silentMillis() {
    return (System.nanoTime() - heardNanos) / 1_000_000;
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

  public void longAnswer(boolean underWay) {
    longAnswer = underWay;
  }

  /** How many runs it reads, by registration or attachment. */
  public int subscriptions() {
    return subscriptions.size() + followed.size();
  }

  /** Whether it may read one more. */
  public boolean mayReadMore() {
    return all.letsRead(subscriptions());
  }

  /** Notes a subscription; false if it reads the run already. */
  public boolean subscribe(RunId id) {
    return counted(1, !followed.containsKey(id) && subscriptions.add(id));
  }

  /** Notes that a follower serves it, and how that is ended from here. */
  public void follow(RunId id, Runnable end) {
    counted(1, followed.put(id, end) == null);
  }

  /** Ends what a follower does for it; false if there is none. */
  boolean detach(RunId id) {
    Runnable end = followed.get(id);
    if (end != null) {
      end.run();
    }
    return end != null;
  }

  public void unfollow(RunId id) {
    counted(-1, followed.remove(id) != null);
  }

  /** Whether it gets the run's events in one way or the other. */
  public boolean reads(RunId id) {
    return subscriptions.contains(id) || followed.containsKey(id);
  }

  /** Forgets a subscription; false if there is none. */
  boolean unsubscribe(RunId id) {
    return counted(-1, subscriptions.remove(id));
  }

  /** Whether it has registered the run's address. */
  boolean listensTo(RunId id) {
    return subscriptions.contains(id);
  }

  public boolean isClosed() {
    return closed;
  }

  /** Whether it has been sent more than its socket holds. */
  public boolean isFull() {
    return !closed && socket.writeQueueFull();
  }

  /** Calls back once, when it is no longer full or no longer there. */
  public void onWritable(Runnable callback) {
    whenWritable.add(callback);
  }

  /**
   * Cuts it off at once. {@link NetSocket#close} would not: it waits until all is written, for ever
   * if the peer does not read (seen with 5.0.8).
   */
  public void evict() {
    evict(socket);
  }

  static void evict(NetSocket socket) {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  /** What logs call it. */
  @Override
  public String toString() {
    return name + " from " + peer(socket);
  }

  /** Where a socket leads to, for logs; the clients of a Unix domain socket have no address. */
  static String peer(NetSocket socket) {
    SocketAddress address = socket.remoteAddress();
    return address == null || address.isDomainSocket() ? "the socket" : address.toString();
  }

  /** Where it leads to, whatever the port. */
  static String host(NetSocket socket) {
    SocketAddress address = socket.remoteAddress();
    return address == null || address.isDomainSocket() ? "the socket" : address.hostAddress();
  }

  void closed() {
    closed = true;
    unread.end();
    all.count(-subscriptions.size());
    subscriptions.clear();
    List.copyOf(whenClosed).forEach(Runnable::run);
    wake();
  }

  private boolean counted(int change, boolean happened) {
    if (happened) {
      all.count(change);
    }
    return happened;
  }

  private void wake() {
    List<Runnable> callbacks = whenWritable;
    whenWritable = new ArrayList<>();
    callbacks.forEach(Runnable::run);
  }
}
