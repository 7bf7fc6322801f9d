package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * The client's connection for as long as its request needs one: made when the server is there, and
 * made again when it is lost, if what was asked for can go on over another.
 */
final class Contact {
  private final Vertx vertx;
  private final ClientConfig config;
  private final Listener listener;
  private final Connector connector;
  private final Reconnector reconnector;
  private final Optional<Silence> silence;

  private Optional<Link> link = Optional.empty();
  private boolean heardAnything;
  private boolean closed;

  /** What is to be done about a lost connection. */
  enum Loss {
    /** The server has not heard of the request: connect as if for the first time. */
    START_OVER,
    /** The server has, and what was asked for goes on: connect again. */
    GO_ON,
    /** The answer is lost. */
    GIVE_UP
  }

  /** Takes what comes of it. */
  interface Listener {
    /** There is a connection, on which nothing was said yet. */
    void connected();

    void output(OutputFrame frame);

    /** Any other frame. */
    void frame(JsonObject frame);

    /** What a loss means for the request. */
    Loss lossMeans(boolean heardAnything);

    /** There can't be a connection. */
    void unreachable(String why);

    /** The connection is gone for good. */
    void lost(String why);

    /** The server was silent for longer than the user accepts. */
    void timedOut();
  }

  Contact(Vertx vertx, ClientConfig config, Terminal terminal, Listener listener) {
    this.vertx = vertx;
    this.config = config;
    this.listener = listener;
    Dialer dialer = new Dialer(vertx, config);
    connector = new Connector(vertx, config, dialer, terminal);
    reconnector =
        new Reconnector(vertx, config, dialer, terminal, this::connected, this::notReachedAgain);
    silence = config.timeout().map(seconds -> new Silence(vertx, seconds, listener::timedOut));
  }

  void start() {
    silence.ifPresent(Silence::watch);
    connector.connect().onSuccess(this::connected).onFailure(this::notConnected);
  }

  /** Whether there is a connection. */
  boolean isUp() {
    return link.isPresent();
  }

  /** Whether a connection over which something was said is being made again. */
  boolean isAway() {
    return reconnector.isAway();
  }

  /** Does nothing while there is no connection. */
  void register(String address) {
    link.ifPresent(up -> up.register(address));
  }

  /** Does nothing while there is no connection. */
  void send(Request request, String replyAddress) {
    link.ifPresent(up -> up.send(request, replyAddress));
  }

  /** Takes nothing from the server until {@link #resume}, or until it is another connection. */
  void pause() {
    link.ifPresent(Link::pause);
    silence.ifPresent(Silence::suspend);
  }

  void resume() {
    if (!closed) {
      silence.ifPresent(Silence::resume);
      link.ifPresent(Link::resume);
    }
  }

  /** Ends the connection when all that was sent is out; nothing is heard any more. */
  void close() {
    closed = true;
    silence.ifPresent(Silence::suspend);
    reconnector.stop();
    link.ifPresent(Link::close);
    link = Optional.empty();
  }

  private void connected(NetSocket socket) {
    if (closed) {
      socket.close();
      return;
    }
    // No word of the server's yet: whatever stands before it may have accepted.
    Optional<Token> token;
    try {
      token = tokenFor(socket);
    } catch (InvalidSettingException e) {
      socket.close();
      listener.unreachable(e.getMessage());
      return;
    }
    link = Optional.of(new Link(vertx, socket, token, this::output, this::frame, this::lost));
    listener.connected();
  }

  private Optional<Token> tokenFor(NetSocket socket) {
    Optional<String> ip = Optional.ofNullable(socket.remoteAddress().hostAddress());
    int localPort = ip.isPresent() ? socket.localAddress().port() : 0;
    return config.token().showTo(ip, config.port(), localPort);
  }

  private void notConnected(Throwable failure) {
    listener.unreachable(failure.getMessage());
  }

  private void output(OutputFrame frame) {
    heard();
    listener.output(frame);
  }

  private void frame(JsonObject frame) {
    heard();
    listener.frame(frame);
  }

  private void heard() {
    heardAnything = true;
    silence.ifPresent(Silence::heard);
    reconnector.heard();
  }

  private void lost(Throwable reason) {
    link = Optional.empty();
    silence.ifPresent(Silence::listen);
    switch (listener.lossMeans(heardAnything)) {
      case GO_ON -> reconnector.lost(reason);
      case START_OVER ->
          connector.connectAgain(reason).onSuccess(this::connected).onFailure(this::notConnected);
      case GIVE_UP ->
          listener.lost(
              "the connection to %s was lost (%s)"
                  .formatted(config.address(), reason.getMessage()));
    }
  }

  private void notReachedAgain(String why) {
    close();
    listener.lost(why);
  }
}
