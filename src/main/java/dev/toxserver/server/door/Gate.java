package dev.toxserver.server.door;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.server.tokens.Rights;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Who is let in, by whatever transport: so many connections, so many that have not shown the token
 * yet, and each of those for so long. Belongs to the server's context.
 */
public final class Gate {
  /**
   * Clients of others' making ping before their user's first frame, which is the first that can
   * carry a token: npm's, the bridge's own for Node and that for Python. One is usual; more may
   * come while the user's code thinks.
   */
  static final int MAX_PINGS = 3;

  /**
   * The most bytes of frames that are not whole that all connections together may have sent: 8 MiB
   * with the default heap. What is collected of a frame may take twice its bytes, and G1 gives an
   * array of 1 MiB twice its room once more.
   */
  private static final long MAX_UNFINISHED_BYTES = Runtime.getRuntime().maxMemory() / 16;

  /** For how long the log only counts those that are turned away like one before. */
  private static final long COUNTING_MILLIS = 10_000;

  private final Vertx vertx;
  private final ServerConfig.Limits limits;
  private final List<Token> tokens;
  private final RunnerAccess runners;
  private final Connections connections;
  private final Refusals refusals;
  private final Intake intake;
  private final Budget unfinished = new Budget(MAX_UNFINISHED_BYTES);
  private Optional<Tokens> narrow = Optional.empty();
  private Optional<OneTimeToken> once = Optional.empty();
  private RunnerFrames.Door door = Gate::letNobodyJoin;

  /** A gate that lets connections in for a server; its transports share it. */
  public Gate(Vertx vertx, ServerConfig config, Connections connections) {
    this.vertx = vertx;
    this.limits = config.limits();
    this.tokens = config.access().tokens();
    this.runners = config.access().runners();
    this.connections = connections;
    this.intake = new Intake(vertx);
    connections.onGivenUp(oldest -> evict(oldest, "left too much unread"));
    this.refusals = new Refusals(vertx, COUNTING_MILLIS);
  }

  /** A new connection, unless there are too many, or the server lets nobody in. */
  Optional<Connection> open(Wire wire) {
    if (connections.isShut()) {
      wire.evict();
      return Optional.empty();
    }
    if (connections.size() >= limits.connections()) {
      return refuse(wire, "more than %d connections".formatted(limits.connections()));
    }
    if (connections.unauthenticated() >= limits.unauthenticated()) {
      return refuse(
          wire, "more than %d connections without a token".formatted(limits.unauthenticated()));
    }
    Connection connection = connections.open(wire);
    if (runners.isOpen()) {
      connection.admitAsRunner();
    }
    if (tokens.isEmpty()) {
      connection.admitAsClient(Rights.OWNER);
    } else {
      atDeadline(connection, () -> evictUnlessAuthenticated(connection));
    }
    return Optional.of(connection);
  }

  /** Lets those in, too, who show one of the tokens that may less than the server's own. */
  public void admit(Tokens tokens) {
    narrow = Optional.of(tokens);
    tokens.onRevoked(token -> endRights(token, "was revoked"));
    tokens.onEnding(
        (token, millis) -> connections.of(token).forEach(each -> atExpiry(each, millis)));
  }

  /** Lets one connection in, too, that shows this. */
  void admit(OneTimeToken token) {
    once = Optional.of(token);
  }

  /** Whether clients are asked for a token. */
  boolean wantsToken() {
    return !tokens.isEmpty();
  }

  /** Names who lets runners join. */
  public void onJoin(RunnerFrames.Door joining) {
    door = joining;
  }

  /** Who lets runners join. */
  RunnerFrames.Door door() {
    return door;
  }

  /** The pace at which what all connections send is taken in. */
  Intake intake() {
    return intake;
  }

  /** Counts what has come of a connection's next frame, until that is whole. */
  BegunFrame frameOf(Connection connection, Runnable onGivenUp) {
    return new BegunFrame(vertx, connection, unfinished, limits.frameMillis(), onGivenUp);
  }

  /**
   * Looks for the token in the first frame of a connection.
   *
   * @return why the connection can't go on, if it can't
   */
  Optional<Objection> objection(Connection connection, JsonObject frame) {
    if (!connection.mayJoin() && Frames.tokenOf(frame).filter(runners::admits).isPresent()) {
      connection.admitAsRunner();
    }
    if (connection.isAuthenticated()) {
      return Optional.empty();
    }
    Optional<String> shown = Frames.tokenOf(frame);
    if (shown.isEmpty()) {
      boolean waits = Frames.isPing(frame) && connection.countPing() <= MAX_PINGS;
      return waits ? Optional.empty() : Optional.of(Objection.NO_TOKEN);
    }
    Optional<Rights> granted = rightsOf(shown.get());
    if (granted.isEmpty()) {
      return Optional.of(Tokens.isOne(shown.get()) ? Objection.ENDED_TOKEN : Objection.WRONG_TOKEN);
    }
    if (isCrowded(granted.get())) {
      return Optional.of(Objection.CROWDED_LINK);
    }
    connection.admitAsClient(granted.get());
    granted.get().millisLeft().ifPresent(left -> atExpiry(connection, left));
    return Optional.empty();
  }

  private Optional<Rights> rightsOf(String shown) {
    return tokens.stream().anyMatch(wanted -> wanted.matches(shown))
            || once.filter(one -> one.use(shown)).isPresent()
        ? Optional.of(Rights.OWNER)
        : narrow.flatMap(those -> those.find(shown));
  }

  /** Who has a link can hand it to anybody: it takes no more than a tenth of all connections. */
  private boolean isCrowded(Rights granted) {
    return granted.readsOneRun()
        && granted.token().map(connections::of).orElse(List.of()).size()
            >= Math.max(1, limits.connections() / 10);
  }

  private void atExpiry(Connection connection, long left) {
    long timer = vertx.setTimer(left, over -> endRights(connection, "has expired"));
    connection.onClosed(() -> vertx.cancelTimer(timer));
  }

  private void endRights(String token, String how) {
    connections.of(token).forEach(connection -> endRights(connection, how));
  }

  /** Once: its token may be revoked, expire and end with its run, one after the other. */
  private void endRights(Connection connection, String how) {
    if (connection.rights().isEmpty()) {
      return;
    }
    connection.endRights();
    JsonObject lastWord =
        Frames.error(new JsonObject(), ErrorCode.UNAUTHENTICATED, "the token " + how);
    dismiss(connection, Frames.encode(lastWord), "showed a token that " + how, "");
  }

  /** Shows the token that is wanted, if one is, as a client would. */
  JsonObject withToken(JsonObject frame) {
    return tokens.isEmpty() ? frame : Frames.withToken(frame, tokens.get(0).secret());
  }

  /**
   * Says a last word to a client, and to the log what it did. A client that does not take it in
   * time is cut off: once {@link Wire#close} is called that is no longer possible (seen with
   * 5.2.3), so close only when the word was taken.
   */
  void dismiss(Connection connection, Buffer lastWord, String deed, String detail) {
    note(connection, deed, detail);
    connection.answer(lastWord).onComplete(taken -> connection.wire().close());
    atDeadline(connection, connection::evict);
  }

  /** Cuts a client off without a word, and tells the log what it did. */
  void evict(Connection connection, String deed) {
    note(connection, deed, "");
    connection.evict();
  }

  /** Nobody comes any more: tells the log what it has not been told yet. */
  public void close() {
    refusals.tellMore();
  }

  private void note(Connection connection, String deed, String detail) {
    refusals.add(
        connection.wire().peer().host(),
        "it " + deed,
        connection + " is disconnected: it " + deed + detail);
  }

  /** The timer ends with the connection: else a flood of short ones would be kept that long. */
  void atDeadline(Connection connection, Runnable action) {
    long timer = vertx.setTimer(limits.deadlineMillis(), late -> action.run());
    connection.onClosed(() -> vertx.cancelTimer(timer));
  }

  private void evictUnlessAuthenticated(Connection connection) {
    if (!connection.isAuthenticated()) {
      evict(connection, "showed no token in time");
    }
  }

  private static RunnerFrames letNobodyJoin(Connection connection, JsonObject frame) {
    throw new RefusedException(ErrorCode.FORBIDDEN, "address: no runner can join this server");
  }

  private Optional<Connection> refuse(Wire wire, String reason) {
    Peer peer = wire.peer();
    refusals.add(peer.host(), reason, peer.name() + " is refused: " + reason);
    wire.evict();
    return Optional.empty();
  }
}
