package dev.toxserver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A collector of spans, which reads what it is sent by OpenTelemetry's own definitions. */
public final class OtlpReceiver implements AutoCloseable {
  /** Those that the JSON of OTLP has in hexadecimal, where that of Protobuf has base64. */
  private static final List<String> IDS = List.of("traceId", "spanId", "parentSpanId");

  private final HttpServer server;
  private final BlockingQueue<ExportTraceServiceRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<Map<String, List<String>>> headers = new LinkedBlockingQueue<>();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Integer> refused = new LinkedBlockingQueue<>();

  private record Refusal(int status, String retryAfter, String body) {}

  public OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** One of the next requests is refused; the collector does not read it. */
  public void refuse(int status, String retryAfter) {
    refusals.add(new Refusal(status, retryAfter, ""));
  }

  /** One of the next requests is answered so, and not noted. */
  public void answer(String body) {
    refusals.add(new Refusal(200, "", body));
  }

  /** Waits until one was refused; its status. */
  public int nextRefused() throws InterruptedException {
    return refused.poll(30, TimeUnit.SECONDS);
  }

  /** The next request, with all spans that came together. */
  public ExportTraceServiceRequest next() throws InterruptedException {
    ExportTraceServiceRequest request = requests.poll(30, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no spans came");
    }
    return request;
  }

  /** The next request's only span. */
  public Span nextSpan() throws InterruptedException {
    return next().getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  /** The headers of the next request. */
  public Map<String, List<String>> nextHeaders() throws InterruptedException {
    return headers.poll(30, TimeUnit.SECONDS);
  }

  /** How many requests were not yet looked at. */
  public int waiting() {
    return requests.size();
  }

  /** Names and values in order; lists with commas between. */
  public static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, OtlpReceiver::text));
  }

  public static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static String text(KeyValue attribute) {
    return switch (attribute.getValue().getValueCase()) {
      case STRING_VALUE -> attribute.getValue().getStringValue();
      case INT_VALUE -> Long.toString(attribute.getValue().getIntValue());
      case ARRAY_VALUE ->
          attribute.getValue().getArrayValue().getValuesList().stream()
              .map(each -> each.getStringValue())
              .collect(Collectors.joining(","));
      default -> throw new AssertionError(attribute);
    };
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = 200;
    Refusal refusal = refusals.poll();
    if (refusal != null) {
      refuse(exchange, refusal);
      return;
    }
    try {
      requests.add(read(body));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      status = 400;
    }
    answer(exchange, status, "{}");
  }

  private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    if (!refusal.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().add("retry-after", refusal.retryAfter());
    }
    answer(exchange, refusal.status(), refusal.body());
    refused.add(refusal.status());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Refuses what it does not know, and values of the wrong kind. */
  private static ExportTraceServiceRequest read(String body) throws InvalidProtocolBufferException {
    JsonObject json = new JsonObject(body);
    for (Object resource : json.getJsonArray("resourceSpans")) {
      for (Object scope : ((JsonObject) resource).getJsonArray("scopeSpans")) {
        ((JsonObject) scope).getJsonArray("spans").forEach(span -> inBase64((JsonObject) span));
      }
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    JsonFormat.parser().merge(json.encode(), request);
    return request.build();
  }

  private static void inBase64(JsonObject span) {
    for (String id : IDS) {
      if (span.containsKey(id)) {
        byte[] bytes = HexFormat.of().parseHex(span.getString(id));
        span.put(id, Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
