package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.server.door.Bridge;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.Gate;
import dev.toxserver.server.door.WebSocketWire;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;

/** The server's rooms with two doors: the stock bridge, and WebSockets beside it. */
final class WebSocketServer extends VerticleBase {
  private final ServerConfig config;
  private Bridge bridge;
  private HttpServer http;

  WebSocketServer(ServerConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    Connections connections = new Connections();
    Roster roster = new Roster(config.version());
    roster.addLocal(config.places().jobs(), Labels.NONE);
    Runs runs = new Runs(vertx, config, connections, roster);
    connections.onClosed(runs::requesterLost);
    Tokens tokens = new Tokens(vertx, config.keeping().folder(), true);
    new Requests(vertx, runs, roster, connections, tokens).serve();
    Gate gate = new Gate(vertx, config, connections);
    gate.admit(tokens);
    bridge = new Bridge(vertx, config, gate);
    http = vertx.createHttpServer();
    http.webSocketHandler(socket -> WebSocketWire.open(vertx, gate, socket));
    return runs.open()
        .compose(opened -> bridge.listen())
        .compose(listening -> http.listen(0, "127.0.0.1"));
  }

  int bridgePort() {
    return bridge.port();
  }

  int webSocketPort() {
    return http.actualPort();
  }
}
