package dev.toxserver.server.trace;

import dev.toxserver.config.TraceExport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A collector of spans over HTTP, as the <a
 * href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">protocol</a> has it. Of an answer, only
 * the beginning is kept, and the timeout is for all of it: a slow one holds up nobody.
 */
final class Collector {
  /** Too many, and what stands before a collector while that is away. */
  private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

  private static final int MOST_BYTES = 16 * 1024;
  private static final long LEAST_RETRY_MILLIS = 100;
  private static final long MOST_RETRY_MILLIS = 60_000;

  private final Vertx vertx;
  private final TraceExport export;
  private final HttpClient client;

  Collector(Vertx vertx, TraceExport export) {
    this.vertx = vertx;
    this.export = export;
    HttpClientOptions options = new HttpClientOptions();
    export
        .certificate()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    this.client = vertx.createHttpClient(options);
  }

  /** Where it is, without what may be a secret. */
  String address() {
    URI endpoint = export.endpoint();
    String authority = endpoint.getRawAuthority();
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    return endpoint.getScheme() + "://" + place + endpoint.getPath();
  }

  /** Sends spans; never fails, also when the server is closed meanwhile. */
  Future<Delivery> post(JsonObject document) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(export.endpoint().toString())
            .setConnectTimeout(export.timeoutMillis())
            .putHeader("content-type", "application/json");
    export.headers().forEach(options::putHeader);
    return Future.succeededFuture()
        .compose(now -> client.request(options))
        .compose(request -> exchange(request, document.toBuffer()))
        .otherwise(failure -> Delivery.later(String.valueOf(failure.getMessage())));
  }

  private Future<Delivery> exchange(HttpClientRequest request, Buffer body) {
    long timer = vertx.setTimer(export.timeoutMillis(), late -> request.reset());
    return request
        .send(body)
        .compose(response -> beginning(response).map(text -> delivery(response, text)))
        .onComplete(done -> vertx.cancelTimer(timer));
  }

  /** As much as came of one that breaks off: its status holds all the same. */
  private static Future<Buffer> beginning(HttpClientResponse response) {
    Buffer text = Buffer.buffer();
    response.handler(
        part -> text.appendBuffer(part, 0, Math.min(part.length(), MOST_BYTES - text.length())));
    return response.end().map(text).otherwise(text);
  }

  private static Delivery delivery(HttpClientResponse response, Buffer text) {
    int status = response.statusCode();
    String why = "HTTP " + status;
    if (LATER.contains(status)) {
      return new Delivery(Delivery.Outcome.LATER, why, retryMillis(response));
    }
    return status / 100 == 2 ? taken(text) : Delivery.refused(why);
  }

  /** Some of them may have been rejected; a message without that is a piece of advice. */
  private static Delivery taken(Buffer text) {
    try {
      if (Json.decodeValue(text) instanceof JsonObject answer
          && answer.getValue("partialSuccess") instanceof JsonObject partial
          && partial.getValue("rejectedSpans") != null
          && !partial.getValue("rejectedSpans").toString().equals("0")) {
        String rejected = partial.getValue("rejectedSpans").toString();
        return Delivery.refused("it has rejected some (" + rejected + ")");
      }
    } catch (DecodeException e) {
      // As if it had said nothing.
    }
    return Delivery.TAKEN;
  }

  /** In seconds; a date is not looked at. */
  private static OptionalLong retryMillis(HttpClientResponse response) {
    try {
      long millis = 1_000L * Integer.parseInt(response.getHeader("retry-after"));
      return OptionalLong.of(Math.max(LEAST_RETRY_MILLIS, Math.min(millis, MOST_RETRY_MILLIS)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
