package dev.toxserver.link;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.OutputFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * A link over TCP or a Unix domain socket, with TLS if the settings say so: one socket at a time,
 * to one of the servers.
 */
public final class ServerConnection implements Link {
  private final Vertx vertx;
  private final ClientConfig config;
  private final Dialer dialer;

  private Listener listener;
  private Connector connector;
  private Optional<ReadTimeout> readTimeout;
  private Optional<FrameSocket> socket = Optional.empty();
  private Throwable loss;
  private String reached;

  /**
   * Connects to nothing before {@link #start}.
   *
   * @throws InvalidSettingException if a file for TLS can't be read or holds no PEM
   */
  public ServerConnection(Vertx vertx, ClientConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.dialer = new Dialer(vertx, config);
  }

  @Override
  public void start(Listener listener) {
    this.listener = listener;
    readTimeout =
        config.timeout().map(seconds -> new ReadTimeout(vertx, seconds, listener::timedOut));
    connector = new Connector(vertx, config, dialer, listener, this::connected);
    connector.connect();
  }

  @Override
  public void connect() {
    connector.connectAfter(loss);
  }

  @Override
  public void reconnect() {
    connector.reconnect(loss);
  }

  @Override
  public void moveOn() {
    socket.ifPresent(FrameSocket::close);
    lost(new Connector.MovingException());
  }

  @Override
  public Optional<String> oneOfSeveral() {
    return dialer.count() == 1 ? Optional.empty() : Optional.ofNullable(reached);
  }

  @Override
  public void send(JsonObject frame) {
    socket.ifPresent(open -> open.send(frame));
  }

  @Override
  public void send(Buffer frame) {
    socket.ifPresent(open -> open.send(frame));
  }

  @Override
  public void pause() {
    socket.ifPresent(FrameSocket::pause);
    readTimeout.ifPresent(ReadTimeout::suspend);
  }

  @Override
  public void resume() {
    readTimeout.ifPresent(ReadTimeout::resume);
    socket.ifPresent(FrameSocket::resume);
  }

  @Override
  public void close() {
    readTimeout.ifPresent(ReadTimeout::stop);
    connector.stop();
    socket.ifPresent(FrameSocket::close);
    socket = Optional.empty();
  }

  private void connected(NetSocket connected) {
    Optional<Token> token;
    try {
      token = tokenFor(connected);
    } catch (InvalidSettingException e) {
      connected.close();
      connector.refuse(e);
      return;
    }
    reached = dialer.address();
    socket =
        Optional.of(
            new FrameSocket(vertx, connected, token, this::output, this::frame, this::lost));
    listener.connected();
  }

  private Optional<Token> tokenFor(NetSocket connected) {
    Optional<String> ip = Optional.ofNullable(connected.remoteAddress().hostAddress());
    int localPort = ip.isPresent() ? connected.localAddress().port() : 0;
    return config.token().showTo(ip, dialer.port(), localPort);
  }

  private void output(OutputFrame frame) {
    heard();
    listener.output(frame);
  }

  private void frame(JsonObject frame) {
    heard();
    listener.frame(frame);
  }

  /** An accepted connection is no sign of the server: a proxy may have accepted for it. */
  private void heard() {
    readTimeout.ifPresent(ReadTimeout::heard);
    connector.heard();
  }

  private void lost(Throwable reason) {
    socket = Optional.empty();
    loss = reason;
    readTimeout.ifPresent(ReadTimeout::endSuspension);
    listener.lost(reason.getMessage());
  }
}
