package dev.toxserver.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.OtlpReceiver;
import dev.toxserver.config.TraceExport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector's answer means, however strange it is. */
@ExtendWith(VertxExtension.class)
class CollectorTest {
  private static final JsonObject NO_SPANS = new JsonObject().put("resourceSpans", new JsonArray());

  @ParameterizedTest
  @CsvSource({"'', -1", "0, 100", "7, 7000", "86400, 60000", "soon, -1", "99999999999, -1"})
  void whenItWantsSpansAgainIsWhatItSaysWithinBounds(String says, long millis, Vertx vertx)
      throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      receiver.refuse(503, says);
      Delivery delivery = post(vertx, receiver.endpoint(), Map.of());
      assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
      assertThat(delivery.retryMillis())
          .isEqualTo(millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis));
    }
  }

  @Test
  void whatIsRejectedInPartIsRefusedAndNotRepeated(Vertx vertx) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      receiver.answer("{\"partialSuccess\":{\"rejectedSpans\":\"7\",\"errorMessage\":\"no\"}}");
      assertThat(post(vertx, receiver.endpoint(), Map.of()))
          .isEqualTo(Delivery.refused("it has rejected some (7)"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "null",
        "{\"partialSuccess\":[]}",
        "{\"partialSuccess\":{}}",
        "{\"partialSuccess\":null}",
        "{\"partialSuccess\":{\"rejectedSpans\":null}}"
      })
  void otherAnswersMeanThatAllWasTaken(String answer, Vertx vertx) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      receiver.answer(answer);
      assertThat(post(vertx, receiver.endpoint(), Map.of())).isEqualTo(Delivery.TAKEN);
    }
  }

  @Test
  void oneThatNeverAnswersIsGivenUpInTime(Vertx vertx) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThat(post(vertx, at(silent), Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "200")).outcome())
          .isEqualTo(Delivery.Outcome.LATER);
    }
  }

  @Test
  void anEndlessAnswerIsCutOffAndItsStatusCounts(Vertx vertx) throws Exception {
    try (ServerSocket endless = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Future<Delivery> delivery =
          begin(vertx, at(endless), Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "500"));
      try (Socket asked = endless.accept()) {
        asked.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        await().until(() -> isCut(asked));
      }
      assertThat(result(delivery)).isEqualTo(Delivery.TAKEN);
    }
  }

  @ParameterizedTest
  @CsvSource({"200 OK, TAKEN", "400 Bad Request, REFUSED", "503 Service Unavailable, LATER"})
  void ofAnAnswerThatBreaksOffTheStatusCounts(String status, Delivery.Outcome outcome, Vertx vertx)
      throws Exception {
    try (ServerSocket broken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Future<Delivery> delivery = begin(vertx, at(broken), Map.of());
      try (Socket asked = broken.accept()) {
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: 9\r\n\r\n{";
        asked.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        asked.shutdownOutput();
        assertThat(result(delivery).outcome()).isEqualTo(outcome);
      }
    }
  }

  @Test
  void aNameWithAnUnderscoreIsAnAddressToo() throws Exception {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer("127.0.0.1 otel_collector\n"))));
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      String endpoint = receiver.endpoint().replace("127.0.0.1", "otel_collector");
      Collector collector = collector(vertx, endpoint, Map.of());
      assertThat(collector.address()).isEqualTo(endpoint + "/v1/traces");
      assertThat(result(collector.post(NO_SPANS))).isEqualTo(Delivery.TAKEN);
    } finally {
      result(vertx.close());
    }
  }

  @Test
  void overTlsOnlyOneIsToldThatIsTrusted(@TempDir Path folder, Vertx vertx) throws Exception {
    String certificate = folder.resolve("cert.pem").toString();
    String key = folder.resolve("key.pem").toString();
    String openssl =
        "openssl req -x509 -nodes -newkey rsa:2048 -days 1 -subj /CN=localhost"
            + " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem";
    ProcessBuilder builder = new ProcessBuilder(openssl.split(" ")).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    assertThat(builder.start().waitFor()).isZero();
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PemKeyCertOptions().addCertPath(certificate).addKeyPath(key));
    HttpServer server = vertx.createHttpServer(options).requestHandler(got -> got.response().end());
    String endpoint = "https://localhost:" + result(server.listen(0, "127.0.0.1")).actualPort();

    assertThat(post(vertx, endpoint, Map.of()).outcome()).isEqualTo(Delivery.Outcome.LATER);
    assertThat(post(vertx, endpoint, Map.of("OTEL_EXPORTER_OTLP_CERTIFICATE", certificate)))
        .isEqualTo(Delivery.TAKEN);
  }

  @Test
  void whenTheServerIsClosedNothingIsThrown() throws Exception {
    Vertx closed = Vertx.vertx();
    Collector collector = collector(closed, "http://127.0.0.1:1", Map.of());
    result(closed.close());
    assertThat(result(collector.post(NO_SPANS)).outcome()).isEqualTo(Delivery.Outcome.LATER);
  }

  @Test
  void whatMayBeASecretInItsAddressIsNotShown(Vertx vertx) {
    TraceExport export =
        TraceExport.from(
                Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://me:pw@host:1/x?key=secret"),
                "test")
            .orElseThrow();
    assertThat(new Collector(vertx, export).address()).isEqualTo("http://host:1/x");
  }

  private static boolean isCut(Socket asked) {
    try {
      asked.getOutputStream().write(new byte[64 * 1024]);
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  private static String at(ServerSocket socket) {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private static Delivery post(Vertx vertx, String endpoint, Map<String, String> more)
      throws Exception {
    return result(begin(vertx, endpoint, more));
  }

  private static Future<Delivery> begin(Vertx vertx, String endpoint, Map<String, String> more) {
    return collector(vertx, endpoint, more).post(NO_SPANS);
  }

  private static Collector collector(Vertx vertx, String endpoint, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    TraceExport export = TraceExport.from(variables, "test").orElseThrow();
    return new Collector(vertx, export);
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
