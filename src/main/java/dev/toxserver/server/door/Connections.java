package dev.toxserver.server.door;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.tokens.Rights;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The connections that are open. Belongs to the server's context. */
public final class Connections {
  /** The header that names the connection by which a message came; clients can't set it. */
  static final String HEADER = "connection";

  /**
   * The most bytes that may wait for all clients together to take them: 16 MiB with the default
   * heap.
   */
  private static final long MAX_UNREAD_BYTES = Runtime.getRuntime().maxMemory() / 8;

  /**
   * The most runs that all connections together can read; each can read {@link #FEW} in any case.
   */
  static final int MAX_SUBSCRIPTIONS = 20_000;

  /** The most runs that one connection can read, as long as all together may read more. */
  static final int MAX_SUBSCRIPTIONS_OF_ONE = 1_000;

  static final int FEW = 10;

  private final Budget unread = new Budget(MAX_UNREAD_BYTES);
  private final Map<String, Connection> open = new LinkedHashMap<>();
  private Consumer<Connection> onClosed = connection -> {};
  private Consumer<Connection> onGivenUp = Connection::evict;
  private long opened;
  private int subscriptions;
  private boolean shut;

  /** Names the listener that is told of each connection that has closed. */
  public void onClosed(Consumer<Connection> listener) {
    onClosed = listener;
  }

  /** The bound for answers that their clients have not taken yet. */
  Budget unread() {
    return unread;
  }

  /** Names the listener that cuts off those that leave too much unread. */
  void onGivenUp(Consumer<Connection> listener) {
    onGivenUp = listener;
  }

  void giveUp(Connection connection) {
    onGivenUp.accept(connection);
  }

  /** Lets nobody else in until {@link #reopen}. */
  public void shut() {
    shut = true;
  }

  /** Lets them in again. */
  public void reopen() {
    shut = false;
  }

  /** Whether nobody is let in. */
  public boolean isShut() {
    return shut;
  }

  int size() {
    return open.size();
  }

  /** How many have not shown the token that is wanted. */
  long unauthenticated() {
    return open.values().stream().filter(connection -> !connection.isAuthenticated()).count();
  }

  /** Whether a connection that reads so many runs may read another. */
  boolean letsRead(int own) {
    return own < FEW || (own < MAX_SUBSCRIPTIONS_OF_ONE && subscriptions < MAX_SUBSCRIPTIONS);
  }

  /** Counts what a connection reads more or, below 0, no longer. */
  void count(int change) {
    subscriptions += change;
  }

  /** Takes a new connection in, until it closes. */
  Connection open(Wire wire) {
    Connection connection = new Connection("c" + ++opened, wire, this);
    open.put(connection.name(), connection);
    wire.onClose(() -> close(connection));
    return connection;
  }

  /** The connection that a message came by; none if it came over the event bus itself. */
  public Optional<Connection> senderOf(Message<?> message) {
    return Optional.ofNullable(message.headers().get(HEADER)).map(open::get);
  }

  /**
   * What the client may ask for that a message came from: all, if it came over the event bus
   * itself.
   *
   * @throws RefusedException if its token has ended since
   */
  public Rights rightsOf(Message<?> message) {
    if (!message.headers().contains(HEADER)) {
      return Rights.OWNER;
    }
    return senderOf(message)
        .flatMap(Connection::rights)
        .orElseThrow(
            () ->
                new RefusedException(
                    ErrorCode.UNAUTHENTICATED, "the token of this connection has ended"));
  }

  /** Those that have shown a narrow token. */
  List<Connection> of(String token) {
    return open.values().stream()
        .filter(each -> each.rights().flatMap(Rights::token).filter(token::equals).isPresent())
        .toList();
  }

  /** Whether the connection that a message came by has closed since. */
  public boolean hasLostSenderOf(Message<?> message) {
    return message.headers().contains(HEADER) && senderOf(message).isEmpty();
  }

  /** Sends a frame to all that have registered a run's address. */
  public void send(RunId id, Buffer frame) {
    for (Connection connection : open.values()) {
      if (connection.subscriptions().isRegistered(id)) {
        connection.send(frame);
      }
    }
  }

  /** Whether one has registered a run's address. */
  public boolean anyRegistered(RunId id) {
    return open.values().stream().anyMatch(each -> each.subscriptions().isRegistered(id));
  }

  /** One that has registered a run's address and is full. */
  public Optional<Connection> firstFull(RunId id) {
    return open.values().stream()
        .filter(each -> each.isFull() && each.subscriptions().isRegistered(id))
        .findFirst();
  }

  /** Cuts off all that have registered a run's address and are full: they may come back. */
  public void cutOffFull(RunId id) {
    List.copyOf(open.values()).stream()
        .filter(each -> each.subscriptions().isRegistered(id) && each.isFull())
        .forEach(Connection::evict);
  }

  /** Whether some client has not taken what it was sent. */
  boolean anyFull() {
    return open.values().stream().anyMatch(Connection::isFull);
  }

  private void close(Connection connection) {
    open.remove(connection.name());
    // Before the connection calls back those who wait for it to take more: by then its runs must
    // know that their client is away, or they would go on.
    onClosed.accept(connection);
    connection.closed();
  }
}
