package dev.toxserver.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.OnContext;
import dev.toxserver.OtlpReceiver;
import dev.toxserver.Warnings;
import dev.toxserver.config.TraceExport;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That collectors which are dead, slow or busy, or refuse, cost the server nothing. */
@ExtendWith(VertxExtension.class)
class ExporterTest {
  private Context context;
  private OtlpReceiver receiver;
  private Warnings log;

  @BeforeEach
  void receive(Vertx vertx) throws IOException {
    context = vertx.getOrCreateContext();
    receiver = new OtlpReceiver();
    log = new Warnings(Exporter.class);
  }

  @AfterEach
  void leave() {
    log.close();
    receiver.close();
  }

  @Test
  void spansThatEndTogetherAreSentTogetherAndNoMoreThanAreGood(Vertx vertx) throws Exception {
    Exporter exporter = exporter(vertx, receiver.endpoint());
    add(exporter, 100);
    assertThat(spansOfNext()).isEqualTo(64);
    assertThat(spansOfNext()).isEqualTo(36);
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void aCollectorThatIsBusyIsAskedAgainWhenItSays(int status, Vertx vertx) throws Exception {
    receiver.refuse(status, "0");
    Exporter exporter = exporter(vertx, receiver.endpoint());
    add(exporter, 1);
    assertThat(receiver.nextRefused()).isEqualTo(status);
    assertThat(spansOfNext()).isEqualTo(1);
    await().until(() -> log.messages().size() == 2);
    assertThat(log.messages().get(0))
        .contains("do not get to " + receiver.endpoint() + "/v1/traces: HTTP " + status);
    assertThat(log.messages().get(1)).endsWith("takes spans of runs again");
  }

  @Test
  void oneThatStaysBusyIsAskedFiveTimesAndThenForTheNext(Vertx vertx) throws Exception {
    for (int n = 0; n < 5; n++) {
      receiver.refuse(503, "0");
    }
    Exporter exporter = exporter(vertx, receiver.endpoint());
    add(exporter, 1);
    for (int n = 0; n < 5; n++) {
      receiver.nextRefused();
    }
    add(exporter, 2);
    assertThat(spansOfNext()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 415, 500, 302})
  void whatARefusalConcernsIsNotSentAgain(int status, Vertx vertx) throws Exception {
    receiver.refuse(status, "");
    Exporter exporter = exporter(vertx, receiver.endpoint());
    add(exporter, 1);
    assertThat(receiver.nextRefused()).isEqualTo(status);
    add(exporter, 2);
    assertThat(spansOfNext()).isEqualTo(2);
  }

  @Test
  void aDeadCollectorIsALineInTheLogHoweverManySpansThereAre(Vertx vertx) throws Exception {
    Exporter exporter = exporter(vertx, deadEndpoint());
    add(exporter, 2_000);
    await().until(() -> !log.messages().isEmpty());
    add(exporter, 2_000);
    close(exporter);
    assertThat(log.messages()).hasSize(1);
    assertThat(log.messages().get(0)).contains("this is said once");
  }

  @Test
  void theNewestAreKeptWhileItIsAway(Vertx vertx) throws Exception {
    receiver.refuse(503, "1");
    Exporter exporter = exporter(vertx, receiver.endpoint());
    add(exporter, 64);
    receiver.nextRefused();
    add(exporter, 10_000);
    int spans = 0;
    JsonObject last = new JsonObject();
    while (spans < 64 + Exporter.MOST_WAITING) {
      var sent = receiver.next().getResourceSpans(0).getScopeSpans(0).getSpansList();
      spans += sent.size();
      last.put("name", sent.get(sent.size() - 1).getName());
    }
    assertThat(last.getString("name")).isEqualTo("9999");
    close(exporter);
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void oneThatNeverAnswersHoldsUpNeitherTheServerNorItsEnd(Vertx vertx) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Exporter exporter = exporter(vertx, "http://127.0.0.1:" + silent.getLocalPort());
      add(exporter, 1);
      try (Socket asked = silent.accept()) {
        long before = System.nanoTime();
        close(exporter);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
            .isBetween(Exporter.CLOSE_MILLIS / 2, 20_000L);
        assertThat(log.messages().get(0)).startsWith("The last spans are lost: http://127.0.0.1:");
        assertThat(asked.isConnected()).isTrue();
      }
    }
  }

  @Test
  void withNothingToSendItEndsAtOnce(Vertx vertx) throws Exception {
    close(exporter(vertx, deadEndpoint()));
    assertThat(log.messages()).isEmpty();
  }

  private int spansOfNext() throws InterruptedException {
    return receiver.next().getResourceSpans(0).getScopeSpans(0).getSpansCount();
  }

  private void add(Exporter exporter, int count) throws Exception {
    OnContext.call(
        context,
        () -> {
          for (int n = 0; n < count; n++) {
            exporter.add(new JsonObject().put("name", Integer.toString(n)));
          }
          return null;
        });
  }

  private void close(Exporter exporter) throws Exception {
    OnContext.call(context, exporter::close)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private Exporter exporter(Vertx vertx, String endpoint) throws Exception {
    Map<String, String> variables = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    TraceExport export = TraceExport.from(variables, "test").orElseThrow();
    SpanJson json = new SpanJson(export, "test");
    return OnContext.call(
        context, () -> new Exporter(vertx, new Collector(vertx, export), json::document));
  }

  private static String deadEndpoint() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }
}
