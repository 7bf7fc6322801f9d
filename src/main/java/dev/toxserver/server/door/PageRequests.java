package dev.toxserver.server.door;

import dev.toxserver.server.door.page.Asset;
import dev.toxserver.server.door.page.Headers;
import dev.toxserver.server.door.page.Hosts;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers what browsers ask the page's port for. Belongs to the server's context. */
final class PageRequests implements Handler<HttpServerRequest> {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Vertx vertx;
  private final Hosts hosts;
  private final Visits visits;
  private final Supplier<Health> health;
  private final Consumer<ServerWebSocket> onWebSocket;
  private final Map<Asset, Future<Buffer>> read = new HashMap<>();

  /**
   * Answers those that name one of the hosts.
   *
   * @param health whether the server takes runs
   * @param onWebSocket takes each that is opened
   */
  PageRequests(
      Vertx vertx,
      Hosts hosts,
      Visits visits,
      Supplier<Health> health,
      Consumer<ServerWebSocket> onWebSocket) {
    this.vertx = vertx;
    this.hosts = hosts;
    this.visits = visits;
    this.health = health;
    this.onWebSocket = onWebSocket;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (!visits.asks(request.connection())) {
      return;
    }
    String host = all(request, HttpHeaders.HOST).orElse("");
    if (!hosts.accept(host)) {
      refuse(request, 403, "This server is not known by that name: see --http-host.");
    } else if (!Hosts.isOwn(all(request, HttpHeaders.ORIGIN), host)) {
      refuse(request, 403, "Only the page of this server itself may ask for that.");
    } else if (request.method() != HttpMethod.GET) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET");
      refuse(request, 405, "Only GET is answered.");
    } else if (hasBody(request)) {
      refuse(request, 400, "A request here has no body.");
    } else {
      get(request);
    }
  }

  private void get(HttpServerRequest request) {
    String path = request.path();
    if (path.equals("/bus")) {
      upgrade(request);
    } else if (path.equals("/health")) {
      health(request);
    } else {
      Asset.at(path)
          .ifPresentOrElse(
              asset -> send(request, asset), () -> refuse(request, 404, "There is no such file."));
    }
  }

  private void upgrade(HttpServerRequest request) {
    if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      refuse(request, 400, "This is for WebSockets.");
      return;
    }
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              visits.end(request.connection());
              onWebSocket.accept(socket);
            })
        .onFailure(unsound -> request.connection().close());
  }

  private void health(HttpServerRequest request) {
    Health now = health.get();
    answer(
        request,
        now == Health.SERVING ? 200 : 503,
        "application/json",
        Buffer.buffer("{\"status\": \"" + now.word() + "\"}\n"));
  }

  private void send(HttpServerRequest request, Asset asset) {
    read.computeIfAbsent(asset, wanted -> vertx.executeBlocking(() -> Buffer.buffer(wanted.read())))
        .onSuccess(bytes -> answer(request, 200, asset.type(), bytes))
        .onFailure(
            failure -> {
              read.remove(asset);
              refuse(request, 500, "The server can't read that file.");
            });
  }

  /** What follows such a request, as a body, is not looked at. */
  private static void refuse(HttpServerRequest request, int code, String why) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    write(request, code, TEXT, Buffer.buffer(why + "\n"))
        .onComplete(taken -> request.connection().close());
  }

  private void answer(HttpServerRequest request, int code, String type, Buffer body) {
    write(request, code, type, body).onSuccess(taken -> visits.taken(request.connection()));
  }

  private static Future<Void> write(HttpServerRequest request, int code, String type, Buffer body) {
    Headers.ALL.forEach(request.response()::putHeader);
    return request
        .response()
        .setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .end(body);
  }

  /** One that comes twice is none that is known. */
  private static Optional<String> all(HttpServerRequest request, CharSequence header) {
    List<String> values = request.headers().getAll(header);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || !all(request, HttpHeaders.CONTENT_LENGTH).orElse("0").equals("0");
  }
}
